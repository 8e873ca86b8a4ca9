"""The search over everything: one page and one list of suggestions for all that has a page.

A room declares in its `ready()` how its rows are found and told (`findable.py`); the search knows no room.
"""
