"""PDF that screen readers can follow (PDF/UA-1, tagged), made by WeasyPrint from a page's HTML.

WeasyPrint needs Pango, a library of the system: where it is missing, `missing_packages` names what to install.
"""

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


def as_pdf(html: str, style: Path) -> bytes:
    """`html` is a whole page, laid out by the style sheet alone. Nothing is fetched: any address is refused."""
    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=html, url_fetcher=_refuse)
    sheets = [weasyprint.CSS(filename=style)]
    return page.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1", pdf_tags=True) or b""


@cache
def _weasyprint() -> ModuleType:
    """Loads Pango, and raises OSError where it is missing.

    WeasyPrint lets the whole process read pictures that are cut off; those that people send must be whole.
    """
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _refuse(url: str, *args: Any, **kwargs: Any) -> dict:
    raise ValueError(f"A PDF fetches nothing: {url}")
