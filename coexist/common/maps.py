"""Pages with a map: the one address besides the site's own from which the browser may load images."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponseBase


def tile_host() -> str:
    """Scheme and host of the map's tiles; a pattern ({s}) in the host stands for any of its names."""
    parts = urlsplit(settings.MAP_TILES_URL)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""


def map_data() -> dict[str, str]:
    """What a page's map needs: `tiles` and `attribution` for Leaflet, `host` to tell people who is asked."""
    return {
        "tiles": settings.MAP_TILES_URL,
        "attribution": settings.MAP_ATTRIBUTION,
        "host": urlsplit(settings.MAP_TILES_URL).netloc.replace("{s}.", ""),
    }


def allow_tiles(answer: HttpResponseBase) -> None:
    """Let this one page load tiles, which it does only once somebody asks for the map."""
    if host := tile_host():
        # What django-csp's csp_update() sets, for a view that knows only at its end whether it has a map.
        answer._csp_update = {"img-src": [host]}  # type: ignore[attr-defined]
