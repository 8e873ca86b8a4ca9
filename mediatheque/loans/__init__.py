"""Borrowing what the library lends: the offer it makes, requests, their answers, the days that are taken."""
