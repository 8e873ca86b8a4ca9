"""The médiathèque. Its place in the house is kept; docs/architecture.md says what will stand here."""
