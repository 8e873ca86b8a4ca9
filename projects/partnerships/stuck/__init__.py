"""Needs that nobody takes: after 9, 21 and 45 days they rise in the animators' queue."""
