"""The images of events."""

from coexist.common.uploads.shelves import Shelf, register_shelf

register_shelf(Shelf("evenements", "events.Event", "image", inline=True))
