"""Registrations for events of ours in every state, by a person of no actor, and forms as people would send them."""

from datetime import timedelta

from django.utils import timezone

from actors.models import Actor, User
from events.registrations import links, own_calendar, services
from events.registrations.models import Registration
from tests.factories import events
from tests.factories.registrations import asked, attended, register


def of_registrations(ours: Actor, member: User) -> dict[str, tuple]:
    event = events.event(ours, booking="each", capacity=50)
    past = timezone.now() - timedelta(days=9)
    training = events.event(ours, booking="all", kind="training", starts_at=past, ends_at=past + timedelta(hours=2))
    full = events.event(ours, booking="each", capacity=1)
    first, waits = register(full), register(full)
    services.cancel(registration=first)
    waits.refresh_from_db()
    registered = register(events.event(ours, booking="each"), person=member)
    done, given_back = attended(training, person=member), register(event)
    return {
        "bookable": (event.slug,),
        "bookable_date": (events.date_of(event).pk,),
        "registered": (registered.pk,),
        "attended": (done.pk,),
        "verify_link": (_token(asked(event), links.VERIFY),),
        "take_link": (_token(waits, links.TAKE),),
        "give_back_link": (_token(given_back, links.GIVE_BACK),),
        "certificate_link": (_token(done, links.CERTIFICATE),),
        "calendar_link": (_calendar_token(member),),
        "early_link": (_token(registered, links.CERTIFICATE),),
    }


def registration_forms(about: dict[str, tuple]) -> dict:
    date = about["bookable_date"][0]
    seat = Registration.objects.filter(seats__occurrence=date).values_list("seats", flat=True)[0]
    person = {"what": date, "name": "Awa Ndiaye", "email": "awa.ndiaye@test.example"}
    return {
        "registration-create": person,
        "registration-add": person,
        "attendance": {"listed": [seat], "came": [seat]},
    }


def _token(registration: Registration, what: str) -> str:
    return links.path_for(registration, what).split("/")[-2]


def _calendar_token(person: User) -> str:
    own_calendar.open_for(person)
    return own_calendar.address_of(person).rsplit("/", 1)[1].removesuffix(".ics")
