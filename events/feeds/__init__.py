"""What calendars and feed readers take from the agenda."""
