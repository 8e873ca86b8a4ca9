"""Searching actors and needs together; searches that people keep, and what is new in them."""
