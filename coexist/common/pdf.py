"""PDF that screen readers can follow (PDF/UA-1, tagged), made by WeasyPrint from the same HTML as a page.

WeasyPrint needs Pango, a library of the system: where it is missing, `missing_packages` names what to install.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import ImageFile

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"  # Debian, Ubuntu
_OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}  # asked for by WeasyPrint when it lays out, and when it writes
_log = logging.getLogger("weasyprint.progress")
Pictures = Mapping[str, tuple[bytes, str]]  # address -> bytes, media type


@cache
def missing_packages() -> str:
    """What to install before a PDF can be made; "" where nothing is missing."""
    try:
        _weasyprint()
    except OSError:
        return PACKAGES
    return ""


class LaidOut:
    """Pages that stand, not written yet: contents and indexes are made of their numbers."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.count = len(document.pages)
        self.page_of: dict[str, int] = {}  # id of an element -> the page on which it begins
        for number, page in enumerate(document.pages, start=1):
            for name in page.anchors:
                self.page_of.setdefault(name, number)

    def written(self) -> bytes:
        return self._document.write_pdf(**_OPTIONS) or b""


def made(html: str, *, styles: Iterable[Path], pictures: Pictures | None = None) -> bytes:
    """`html` as PDF; see `laid_out`."""
    return laid_out(html, styles=styles, pictures=pictures).written()


def laid_out(
    html: str,
    *,
    styles: Iterable[Path],
    pictures: Pictures | None = None,
    on_page: Callable[[int], None] | None = None,
    cache: dict[str, Any] | None = None,
) -> LaidOut:
    """`html` on its pages. Nothing is fetched: it may show `pictures` and no others; `on_page` hears of each page.

    A `cache` keeps the pictures of one time for the next.

    Raises OSError without Pango, and ValueError for any other address.
    """
    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=html, url_fetcher=_fetcher(weasyprint, pictures or {}))
    sheets = [weasyprint.CSS(filename=style) for style in styles]
    try:
        with _pages_told(on_page):
            return LaidOut(page.render(stylesheets=sheets, cache=cache, **_OPTIONS))
    except weasyprint.urls.FatalURLFetchingError as error:  # no Exception: a worker would not see it fail
        raise ValueError(str(error.__cause__ or error)) from error


def _fetcher(weasyprint: ModuleType, pictures: Pictures) -> Any:
    class Given(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]
        """Opens what was given, and no other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in pictures:
                raise ValueError(f"A PDF fetches nothing: {url}")
            content, kind = pictures[url]
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    return Given(fail_on_errors=True)


class _Pages(logging.Handler):
    """WeasyPrint tells of its pages in its log only."""

    def __init__(self, on_page: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.on_page, self.thread = on_page, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        found = re.search(r"Page (\d+)$", record.getMessage())
        if found and record.thread == self.thread:
            self.on_page(int(found[1]))


@contextmanager
def _pages_told(on_page: Callable[[int], None] | None) -> Iterator[None]:
    if on_page is None:
        yield
        return
    handler = _Pages(on_page)
    _log.addHandler(handler)
    try:
        yield
    finally:
        _log.removeHandler(handler)


@cache
def _weasyprint() -> ModuleType:
    """Loads Pango, and raises OSError where it is missing.

    WeasyPrint lets the whole process read pictures that are cut off; those that people send must be whole. It tells
    of each page: on the log of the site that is noise.
    """
    _log.setLevel(logging.INFO)
    _log.propagate = False
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint
