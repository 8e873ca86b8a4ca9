"""What is written to who registers: one function for each occasion."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from coexist.common.mail.kinds import MailKind
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail

from ..models import Event, Occurrence
from . import links, mails
from .enums import LIVE, State
from .models import Change, Registration, Seat

MOST_TO_VERIFY = 5  # mails that one address gets in a day, whoever types it
BETWEEN = 600  # seconds in which asking again sends nothing


def ask_to_verify(registration: Registration) -> None:
    """The page says the same for any address; only its mail tells whether it is registered already."""
    since = timezone.now() - timedelta(days=1)
    codes = [mails.VERIFY.code, mails.KNOWN.code]
    sent = OutgoingEmail.objects.filter(address=registration.email, kind_code__in=codes, created_at__gt=since)
    if sent.count() >= MOST_TO_VERIFY:
        return
    window = int(timezone.now().timestamp()) // BETWEEN
    earlier = Registration.objects.live().filter(event=registration.event, email=registration.email)
    if registration.occurrence is not None:
        earlier = earlier.filter(seats__occurrence=registration.occurrence)
    known = earlier.first()
    if known is not None:
        known.event = registration.event
        _write(mails.KNOWN, known, f"known:{known.pk}:{window}", to=None, address=registration.email)
    else:
        verify = links.url_for(registration, links.VERIFY)
        _write(mails.VERIFY, registration, f"verify:{registration.pk}:{window}", verify_url=verify)


def registered(registration: Registration) -> None:
    _write(mails.CONFIRMED, registration, f"confirmed:{registration.pk}")


def waiting(registration: Registration) -> None:
    ahead = registration.event.registrations.waiting().filter(queued_at__lt=registration.queued_at)
    _write(mails.WAITING, registration, f"waiting:{registration.pk}", ahead=ahead.count())


def offered(registration: Registration) -> None:
    take = links.url_for(registration, links.TAKE)
    _write(mails.OFFERED, registration, f"offered:{registration.pk}", take_url=take)


def cancelled(registration: Registration, *, had_place: bool) -> None:
    dates = _dates_of(registration) if had_place else []
    _write(mails.CANCELLED, registration, f"cancelled:{registration.pk}", dates=dates)


def reminded(seat: Seat) -> None:
    registration, occurrence = seat.registration, seat.occurrence
    registration.event = occurrence.event
    _write(mails.REMINDER, registration, f"reminder:{seat.pk}", dates=[occurrence], refers_to={"seat": seat.pk})


def changed(change: Change) -> int:
    """One mail to each address, whatever number of its dates changed; how many were written."""
    concerned = Seat.objects.filter(occurrence__in=change.keys(), registration__state__in=LIVE).exclude(address="")
    # Who waits hears of what is off; a new hour is said with the place.
    concerned = concerned.exclude(registration__state=State.WAITING, occurrence__in=change.moved)
    by_address: dict[str, list[Seat]] = {}
    for seat in concerned.select_related("registration__person", "occurrence").order_by("occurrence__starts_at", "pk"):
        by_address.setdefault(seat.address, []).append(seat)
    for seats in by_address.values():
        for seat in seats:
            seat.occurrence.event = change.event
        first = min((seat.registration for seat in seats), key=lambda registration: registration.pk)
        first.event = change.event
        _write(
            mails.CHANGED, first, f"changed:{change.pk}:{first.pk}", dates=[seat.occurrence for seat in seats],
            moved=[seat.occurrence for seat in seats if not seat.occurrence.is_off],
            off=[seat.occurrence for seat in seats if seat.occurrence.is_off],
            registrations=sorted({seat.registration_id for seat in seats}),
        )  # fmt: skip
    return len(by_address)


def _write(kind: MailKind, registration: Registration, key: str, **context: Any) -> None:
    """Who was added by hand without an address is told by the organiser."""
    if not registration.email:
        return
    dates = context.pop("dates", None)
    dates = _dates_of(registration) if dates is None else dates
    to = context.pop("to", registration.person)
    refers_to = {
        "registration": registration.pk,
        "registrations": context.pop("registrations", [registration.pk]),
        "dates": [row.pk for row in dates],
        **context.pop("refers_to", {}),
    }
    queue_mail(
        kind, to=to, address=context.pop("address", "" if to else registration.email),
        dedupe_key=f"registration:{key}", refers_to=refers_to,
        context={**_context(registration, dates), **context},
    )  # fmt: skip


def _context(registration: Registration, dates: Iterable[Occurrence]) -> dict[str, Any]:
    return {
        "registration": registration,
        "event": registration.event,
        "dates": dates,
        "give_back_url": links.url_for(registration, links.GIVE_BACK),
        "certificate_url": links.url_for(registration, links.CERTIFICATE),
    }


def _dates_of(registration: Registration) -> list[Occurrence]:
    """To come and standing; of one that is not verified, the date it asks for."""
    event: Event = registration.event
    if registration.state == State.UNVERIFIED:
        rows = event.occurrences.standing().to_come()
        rows = rows if registration.occurrence_id is None else rows.filter(pk=registration.occurrence_id)
    else:
        kept = registration.seats.standing().to_come().values("occurrence")
        rows = Occurrence.objects.filter(pk__in=kept)
    found = list(rows.order_by("starts_at", "pk"))
    for row in found:
        row.event = event
    return found
