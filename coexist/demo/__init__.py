"""The demo's content and its loader; production never loads it."""
