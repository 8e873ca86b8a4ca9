"""What the two sides of an introduction write to each other, and the history of its steps."""
