"""Organisations that come in a spreadsheet, what their people must be told, and the way back out."""
