"""What projects show on the pages of other apps."""
