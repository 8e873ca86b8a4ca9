"""The pages of a PDF, by PDFium: their text, or what Tesseract reads in their picture."""

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from . import ocr, said
from .limits import MOST_OCR_PAGES, MOST_PAGE_CHARACTERS, MOST_PAGES, Limits
from .pictures import save_thumbnail
from .text import cleaned

FEWEST = 12  # characters below which a page with a picture is taken for a scan
OCR_DOTS = 200  # per inch
LARGEST_SIDE = 3_500  # pixels of a page drawn for OCR


def read(path: Path, folder: Path, start: int, limits: Limits) -> said.Saying:
    document = _opened(path)
    count = len(document)
    yield {"pages": count}
    if count > MOST_PAGES:
        yield {"problem": "too_many_pages"}
    else:
        yield from _pages(document, folder, start, limits)
    if thumbnail := _thumbnail(document, folder):
        yield {"thumbnail": thumbnail}


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = pdfium.FPDF_GetLastError()
        encrypted = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "assword" in str(error)
        raise said.ProblemError("encrypted" if encrypted else "broken") from error
    if len(document) < 1:
        raise said.ProblemError("broken")
    return document


def _pages(document: pypdfium2.PdfDocument, folder: Path, start: int, limits: Limits) -> said.Saying:
    can_ocr, scanned, unread = ocr.is_there(), 0, 0
    for place in range(start - 1, len(document)):
        text, is_picture = _text(document, place)
        recognised = False
        if is_picture:
            scanned += 1
            if can_ocr and place < MOST_OCR_PAGES:
                text, recognised = cleaned(ocr.read(_drawn(document, place, folder), limits.ocr_seconds)), True
            else:
                unread += 1
        yield said.page(place + 1, text, ocr=recognised)
    if unread:
        yield {"problem": "cut" if can_ocr else "no_ocr"}


def _text(document: pypdfium2.PdfDocument, place: int) -> tuple[str, bool]:
    """A page's text, and whether it is a picture without any; a page that cannot be read is an empty one."""
    try:
        page = document[place]
    except pypdfium2.PdfiumError:
        return "", False
    try:
        textpage = page.get_textpage()
        try:
            most = min(textpage.count_chars(), MOST_PAGE_CHARACTERS)
            text = cleaned(textpage.get_text_range(0, most)) if most else ""
        finally:
            textpage.close()
        return text, len(text) < FEWEST and _has_picture(page)
    except pypdfium2.PdfiumError:
        return "", False
    finally:
        page.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return next(iter(pictures), None) is not None


def _drawn(document: pypdfium2.PdfDocument, place: int, folder: Path) -> Path:
    page = document[place]
    try:
        largest = max(page.get_size())
        picture = _render(page, min(OCR_DOTS / 72, LARGEST_SIDE / max(largest, 1)))
    finally:
        page.close()
    path = folder / "page.png"
    picture.convert("L").save(path)
    return path


def _thumbnail(document: pypdfium2.PdfDocument, folder: Path) -> str:
    """Its file's name; "" for a first page that cannot be drawn."""
    try:
        page = document[0]
        width, height = page.get_size()
        return save_thumbnail(_render(page, min(960 / max(width, 1), 1280 / max(height, 1), 4)), folder)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return ""


def _render(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    return page.render(scale=scale, may_draw_forms=False).to_pil()
