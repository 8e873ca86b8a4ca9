"""What comes of an introduction: the partnership, followed to its end, and its convention."""
