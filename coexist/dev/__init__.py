"""What `./dev` does once the environment stands."""
