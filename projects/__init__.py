"""Projects under way or looking for partners, and what they need."""
