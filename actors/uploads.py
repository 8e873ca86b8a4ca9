"""The files that actors send."""

from coexist.common.uploads.shelves import Shelf, register_shelf

register_shelf(Shelf("logos", "actors.Actor", "logo", inline=True))
