"""One's own registrations as a calendar to subscribe to, under an address that only its holder knows.

Calendar programs neither log in nor keep cookies: the address itself is the key. It is signed, so that a copy of the
database gives no address away, and it ends when its holder takes another or none.
"""

from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actors.models import User

from ..feeds.ics import PAST
from . import calendar
from .enums import State
from .models import PersonalCalendar, Registration, Seat

MOST = 500  # dates
_SALT = "coexist.registrations.own-calendar"


def open_for(person: User) -> PersonalCalendar:
    """A new address; the one before leads nowhere any more."""
    values = {"key": token_urlsafe(18), "created_at": timezone.now()}
    return PersonalCalendar.objects.update_or_create(person=person, defaults=values)[0]


def close_for(person: User) -> None:
    PersonalCalendar.objects.filter(person=person).delete()


def address_of(person: User) -> str:
    """Empty where the person has none."""
    row = PersonalCalendar.objects.filter(person=person).first()
    if row is None:
        return ""
    token = signing.dumps([row.person_id, row.key], salt=_SALT)
    return settings.SITE_URL + reverse("own-calendar", args=[token])


def holder_of(token: str) -> User | None:
    try:
        person_pk, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    row = PersonalCalendar.objects.filter(person=person_pk, key=key, person__is_active=True)
    found = row.select_related("person").first()
    return found.person if found else None


def written_for(person: User) -> str:
    """What the person has a place for, with the online links; what was cancelled meanwhile says so."""
    registered = Registration.objects.of_person(person).filter(state=State.REGISTERED, erased_at=None)
    seats = Seat.objects.filter(
        registration__in=registered.values("pk"), occurrence__ends_at__gte=timezone.now() - PAST
    ).select_related("occurrence__event__organiser")
    with translation.override(settings.LANGUAGE_CODE):
        return calendar.as_ics(
            seats.order_by("occurrence__starts_at", "pk")[:MOST], calendar.PUBLISH, name=_("Mes inscriptions CoExist")
        )
