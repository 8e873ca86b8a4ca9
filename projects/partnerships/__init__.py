"""From a match to people who talk: introductions, and later what came of them."""
