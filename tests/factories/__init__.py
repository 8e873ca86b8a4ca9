"""Rows for the tests, made as simply as they can be."""
