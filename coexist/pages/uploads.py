"""The files that animators send for the pages."""

from coexist.common.uploads.shelves import Shelf, register_shelf

register_shelf(Shelf("partners", "pages.Partner", "logo", inline=True))
