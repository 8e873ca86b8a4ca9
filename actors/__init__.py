"""People, organisations, what they offer, the directory and the approval of profiles."""
