"""What this app keeps about a person: what they registered for, with an account or with an address of theirs."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from . import places
from .enums import LIVE, State
from .erasing import wipe
from .models import PersonalCalendar, Registration


def _of(person: Any, addresses: Addresses) -> QuerySet:
    own = Registration.objects.filter(Q(person=person) | Q(email__in=addresses))
    return own.select_related("event", "occurrence__event")


@transaction.atomic
def _erase(person: Any, addresses: Addresses) -> None:
    """Places go to who waits; what was written stays nobody's."""
    keys = list(_of(person, addresses).values_list("pk", flat=True))
    events = {row.event_id: row.event for row in _of(person, addresses).filter(state__in=LIVE)}
    for event_pk in sorted(events):
        event = places.locked(events[event_pk])
        for registration in event.registrations.filter(pk__in=keys, state__in=LIVE):
            places.end(registration, State.CANCELLED)
        places.settle(event)
    wipe(Registration.objects.filter(pk__in=keys))


register_holding(
    Holding(
        "registrations",
        _("Vos inscriptions à des événements"),
        ("event", "occurrence", "name", "email", "access_needs", "state", "created_at"),
        _of,
        erase=_erase,
    )
)
register_holding(
    Holding(
        "own_calendar",
        _("L'adresse privée de votre agenda personnel"),
        ("created_at",),
        lambda person, addresses: PersonalCalendar.objects.filter(person=person),
        erase=lambda person, addresses: PersonalCalendar.objects.filter(person=person).delete(),
    )
)
