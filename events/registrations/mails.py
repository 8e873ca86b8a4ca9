"""The mails to who registers. All answer what the person asked for; nothing is sent once an event is over."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Attachment, Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from . import calendar
from .enums import LIVE, State
from .models import Registration, Seat


def _still(*states: str) -> Callable[[OutgoingEmail], bool]:
    """Gone on meanwhile, or erased: the mail has lost its object."""

    def wanted(mail: OutgoingEmail) -> bool:
        about = Registration.objects.filter(pk=mail.refers_to["registration"], state__in=states, erased_at=None)
        return about.exists()

    return wanted


def _offer_stands(mail: OutgoingEmail) -> bool:
    offered = Registration.objects.filter(pk=mail.refers_to["registration"], state=State.OFFERED)
    return offered.filter(confirm_before__gt=timezone.now()).exists()


def _reminder_stands(mail: OutgoingEmail) -> bool:
    seats = Seat.objects.filter(pk=mail.refers_to["seat"], registration__state=State.REGISTERED).standing()
    return seats.filter(occurrence__starts_at__gt=timezone.now()).exists()


def _seats(mail: OutgoingEmail) -> list[Seat]:
    """Of the dates that the mail speaks of, as they are when it leaves."""
    found = Seat.objects.filter(registration__in=mail.refers_to["registrations"])
    found = found.filter(occurrence__in=mail.refers_to["dates"])
    return list(
        found.select_related("registration", "occurrence__event__organiser").order_by("occurrence__starts_at", "pk")
    )


def _file(seats: list[Seat], method: str) -> list[Attachment]:
    if not seats:
        return []
    name = "annulation.ics" if method == calendar.CANCEL else "inscription.ics"
    return [Attachment(name, calendar.as_ics(seats, method), "text/calendar", {"method": method})]


def _dates(mail: OutgoingEmail) -> list[Attachment]:
    return _file([seat for seat in _seats(mail) if not seat.occurrence.is_off], calendar.PUBLISH)


def _given_back(mail: OutgoingEmail) -> list[Attachment]:
    return _file(_seats(mail), calendar.CANCEL)


def _changed(mail: OutgoingEmail) -> list[Attachment]:
    """One file for what moved, one for what is off: an .ics has one method."""
    seats = [seat for seat in _seats(mail) if seat.registration.holds_places]
    moved = [seat for seat in seats if not seat.occurrence.is_off]
    return _file(moved, calendar.PUBLISH) + _file([seat for seat in seats if seat not in moved], calendar.CANCEL)


def _kind(code: str, label: object, still_wanted: Callable, **more: object) -> MailKind:
    return register(MailKind(f"registration_{code}", label, Group.TRANSACTIONAL, still_wanted, **more))  # type: ignore[arg-type]


VERIFY = _kind("verify", _("Inscription : adresse à confirmer"), _still(State.UNVERIFIED), secret=True)
KNOWN = _kind("known", _("Inscription : adresse déjà inscrite"), _still(*LIVE))
CONFIRMED = _kind("confirmed", _("Inscription confirmée"), _still(State.REGISTERED), attachments=_dates)
WAITING = _kind("waiting", _("Inscription en liste d'attente"), _still(State.WAITING))
OFFERED = _kind("offered", _("Place libérée, à confirmer"), _offer_stands, secret=True)
CANCELLED = _kind("cancelled", _("Inscription annulée"), _still(State.CANCELLED), attachments=_given_back)
CHANGED = _kind("changed", _("Événement changé ou annulé"), _still(*LIVE), attachments=_changed)
REMINDER = _kind("reminder", _("Rappel d'un événement"), _reminder_stands)
