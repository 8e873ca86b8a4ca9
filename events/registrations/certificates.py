"""Certificates of attendance: for trainings, once their dates are over, for who came to one of them at least."""

from datetime import timedelta
from pathlib import Path

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from coexist.common import pdf

from ..models import Occurrence
from .models import Registration
from .rules import gives_certificates

STYLE = Path(__file__).parent / "certificate.css"


def sessions_of(registration: Registration) -> list[Occurrence]:
    """Those that took place and to which the person came; empty as long as one is still to come."""
    if not gives_certificates(registration.event) or registration.erased_at:
        return []
    seats = registration.seats.standing()
    if registration.is_live and seats.to_come().exists():
        return []
    came = seats.filter(came=True).values("occurrence")
    found = list(Occurrence.objects.filter(pk__in=came).past().order_by("starts_at", "pk"))
    for occurrence in found:
        occurrence.event = registration.event
    return found


def as_pdf(registration: Registration, sessions: list[Occurrence]) -> bytes:
    length = sum((row.ends_at - row.starts_at for row in sessions), timedelta())
    context = {
        "registration": registration,
        "event": registration.event,
        "sessions": sessions,
        "planned": registration.seats.standing().count(),
        "hours": None if registration.event.is_all_day else round(length / timedelta(hours=1), 2),
        "today": timezone.localdate(),
        "language": get_language() or "fr",
    }
    return pdf.made(render_to_string("registrations/certificate_pdf.html", context), styles=[STYLE])


def as_answer(registration: Registration, sessions: list[Occurrence]) -> HttpResponse:
    answer = HttpResponse(as_pdf(registration, sessions), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="attestation-{registration.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
