"""The draft as PDF that screen readers can follow (PDF/UA-1, tagged), made by WeasyPrint.

WeasyPrint needs Pango, a library of the system: where it is missing, `missing_packages` names what to install.
"""

from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from PIL import ImageFile

from coexist.common.markdown import render

from ..models import Agreement, AgreementTemplate
from .drafts import draft_of

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"  # Debian, Ubuntu
STYLE = Path(__file__).parent / "agreement.css"


@cache
def missing_packages() -> str:
    """What to install before a PDF can be made; "" where nothing is missing."""
    try:
        _weasyprint()
    except OSError:
        return PACKAGES
    return ""


def as_pdf(agreement: Agreement) -> bytes:
    """Nothing is fetched: the text holds no image, and any address is refused."""
    weasyprint = _weasyprint()
    template = AgreementTemplate.objects.filter(kind=agreement.kind).first()
    html = render_to_string(
        "following/agreement_pdf.html",
        {
            "agreement": agreement,
            "title": template.title if template else agreement.get_kind_display(),
            "body": render(draft_of(agreement), below=1),
            "language": get_language() or "fr",
        },
    )
    style = weasyprint.CSS(filename=STYLE)
    page = weasyprint.HTML(string=html, url_fetcher=_refuse)
    return page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True) or b""


@cache
def _weasyprint() -> ModuleType:
    """Loads Pango, and raises OSError where it is missing.

    WeasyPrint lets the whole process read pictures that are cut off; those that people send must be whole.
    """
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _refuse(url: str, *args: Any, **kwargs: Any) -> dict:
    raise ValueError(f"A convention fetches nothing: {url}")
