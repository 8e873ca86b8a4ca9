"""The printed programme of a campaign, and the poster of an event, from the same rows as the pages."""
