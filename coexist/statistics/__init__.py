"""Key figures: what the network did, counted once for the page, its tables, its charts and its sheets."""
