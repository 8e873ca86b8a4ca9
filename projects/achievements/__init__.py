"""What a completed partnership achieved: told by both sides, read by the animators, shown with consent."""
