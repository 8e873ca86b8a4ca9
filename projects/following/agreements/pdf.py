"""The draft of a convention as PDF (coexist/common/pdf.py)."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language

from coexist.common import pdf
from coexist.common.markdown import render

from ..models import Agreement, AgreementTemplate
from .drafts import draft_of

STYLE = Path(__file__).parent / "agreement.css"


def as_pdf(agreement: Agreement) -> bytes:
    """The text holds no image."""
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
    return pdf.made(html, styles=[STYLE])
