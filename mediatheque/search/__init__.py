"""Searching the médiathèque: descriptions, pages, transcripts, meaning; what stands near a resource."""
