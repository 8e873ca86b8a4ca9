"""PDF that screen readers can follow (PDF/UA-1, tagged), made by WeasyPrint from the same HTML as a page.

WeasyPrint needs Pango, a library of the system: where it is missing, `missing_packages` names what to install.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import ImageFile

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"  # Debian, Ubuntu


@cache
def missing_packages() -> str:
    """What to install before a PDF can be made; "" where nothing is missing."""
    try:
        _weasyprint()
    except OSError:
        return PACKAGES
    return ""


def made(html: str, *, styles: Iterable[Path], pictures: Mapping[str, tuple[bytes, str]] | None = None) -> bytes:
    """`html` as PDF. Nothing is fetched: `pictures` (address -> bytes, media type) are all that it may show.

    Raises OSError without Pango, and ValueError for any other address.
    """
    weasyprint = _weasyprint()
    shown = pictures or {}

    def fetch(url: str, *args: Any, **kwargs: Any) -> dict:
        if url not in shown:
            raise ValueError(f"A PDF fetches nothing: {url}")
        content, kind = shown[url]
        return {"string": content, "mime_type": kind}

    page = weasyprint.HTML(string=html, url_fetcher=fetch)
    sheets = [weasyprint.CSS(filename=style) for style in styles]
    return page.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1", pdf_tags=True) or b""


@cache
def _weasyprint() -> ModuleType:
    """Loads Pango, and raises OSError where it is missing.

    WeasyPrint lets the whole process read pictures that are cut off; those that people send must be whole.
    """
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint
