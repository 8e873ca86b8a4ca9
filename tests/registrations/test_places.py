"""Places: never oversold, given in order, given back, counted."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from events import services as event_services
from events.models import Event, Occurrence
from events.registrations import jobs, places, services
from events.registrations.errors import AlreadyRegisteredError, RegistrationError
from events.registrations.models import Registration, Seat
from tests.factories import events, network, people
from tests.factories.registrations import asked, register

pytestmark = pytest.mark.django_db
WEEKLY = "FREQ=WEEKLY;COUNT=3"


def bookable(**fields) -> Event:
    return events.event(network.actor(), **{"booking": "each", **fields})


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("queued_at", "pk").values_list("state", flat=True))


def taken(event: Event) -> list[int]:
    return list(event.occurrences.order_by("starts_at").values_list("taken", flat=True))


def resize(event: Event, capacity: int | None) -> None:
    event = Event.objects.get(pk=event.pk)
    event.capacity = capacity
    event_services.save_event(event=event, acting_user=None)


@pytest.mark.django_db(transaction=True)
def test_200_people_for_20_places_at_once():
    event = bookable(capacity=20)
    occurrence = events.date_of(event)
    crowd = [people.verified() for _number in range(200)]
    start = Barrier(20)

    def arrive(group):
        start.wait()
        try:
            for person in group:
                register(event, occurrence, person=person)
        finally:
            connection.close()

    threads = [Thread(target=arrive, args=(crowd[first::20],)) for first in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert states(event) == ["registered"] * 20 + ["waiting"] * 180
    assert taken(event) == [20]
    services.cancel(registration=event.registrations.filter(state="registered").first())
    assert event.registrations.get(state="offered").pk == event.registrations.order_by("queued_at", "pk")[20].pk


def test_who_waits_is_promoted_in_order_when_a_place_is_given_back():
    event = bookable(capacity=1)
    first, second, third = (register(event) for _number in range(3))
    services.cancel(registration=first)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("offered", "waiting")
    assert timedelta(hours=23) < second.confirm_before - timezone.now() <= places.TO_CONFIRM
    assert taken(event) == [1]


def test_the_deadline_is_shorter_when_the_date_is_near():
    now = timezone.now()
    assert places.deadline(now + timedelta(days=9), now) == now + timedelta(hours=24)
    assert places.deadline(now + timedelta(hours=6), now) == now + timedelta(hours=3)


def test_an_offer_that_nobody_confirms_goes_to_the_next(clock):
    event = bookable(capacity=1)
    first, second, third = (register(event) for _number in range(3))
    services.cancel(registration=first)
    clock.forward(hours=25)
    jobs.settle_due()
    jobs.settle_due()

    assert states(event) == ["cancelled", "lapsed", "offered"]
    assert not services.take_offer(registration=second)
    assert services.take_offer(registration=third)
    assert services.take_offer(registration=third)
    assert states(event) == ["cancelled", "lapsed", "registered"]
    assert taken(event) == [1]


def test_an_offer_out_of_time_is_not_taken_even_before_the_job(clock):
    event = bookable(capacity=1)
    first, second = register(event), register(event)
    services.cancel(registration=first)
    clock.forward(hours=25)
    assert not services.take_offer(registration=second)


def test_more_places_promote_at_once_and_fewer_throw_nobody_out():
    event = bookable(capacity=2)
    made = [register(event) for _number in range(5)]
    resize(event, 4)
    assert states(event) == ["registered", "registered", "offered", "offered", "waiting"]
    resize(event, 1)
    assert taken(event) == [4]
    services.cancel(registration=made[0])
    assert states(event)[-1] == "waiting"
    resize(event, None)
    assert states(event)[-1] == "offered"


def test_who_comes_later_does_not_overtake_who_waits():
    event = bookable(capacity=1)
    register(event)
    waits = register(event)
    Event.objects.filter(pk=event.pk).update(capacity=2)  # nobody was told: the next arrival finds it
    late = register(event)
    waits.refresh_from_db()
    assert (waits.state, late.state) == ("offered", "waiting")


def test_all_dates_need_a_place_on_each_of_them():
    event = bookable(booking="either", capacity=1, rule=WEEKLY)
    one = register(event, events.date_of(event, 1))
    whole = register(event, for_all=True)
    assert whole.state == "waiting"
    assert taken(event) == [0, 1, 0]

    other = register(event, events.date_of(event, 0))
    assert other.state == "registered"
    services.cancel(registration=one)
    whole.refresh_from_db()
    assert whole.state == "waiting"
    services.cancel(registration=other)
    whole.refresh_from_db()
    assert whole.state == "offered"
    assert taken(event) == [1, 1, 1]


def test_who_registered_for_all_dates_comes_to_those_that_are_added():
    event = bookable(booking="all", capacity=3, rule=WEEKLY)
    whole = register(event)
    event = Event.objects.get(pk=event.pk)
    event.added_dates = [event.starts_at + timedelta(days=2)]
    event_services.save_event(event=event, acting_user=None)
    assert whole.seats.count() == 4
    assert taken(event) == [1, 1, 1, 1]
    jobs.settle_due()
    assert whole.seats.count() == 4


def test_one_registration_for_an_address_and_a_date():
    event = bookable(booking="either", rule=WEEKLY)
    person = people.verified()
    first = register(event, person=person)
    with pytest.raises(AlreadyRegisteredError):
        register(event, person=person)
    with pytest.raises(AlreadyRegisteredError):
        register(event, person=person, for_all=True)
    register(event, events.date_of(event, 1), person=person)
    services.cancel(registration=first)
    assert not services.cancel(registration=first)
    assert register(event, person=person).state == "registered"
    assert Seat.objects.exclude(address="").count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"booking": "none"}, {"booking": "elsewhere"}, {"state": "draft"}, {"state": "cancelled"},
        {"booking_until": timezone.now() - timedelta(minutes=1)},
    ],
)  # fmt: skip
def test_closed(fields):
    event = bookable(**fields)
    for ask in (register, asked):
        with pytest.raises(RegistrationError):
            ask(event)
    assert not Registration.objects.exists()


def test_a_date_that_is_off_or_over_takes_nobody(clock):
    event = bookable(rule=WEEKLY)
    Occurrence.objects.filter(pk=events.date_of(event, 1).pk).update(is_cancelled=True)
    with pytest.raises(RegistrationError):
        register(event, events.date_of(event, 1))
    clock.forward(days=11)
    with pytest.raises(RegistrationError):
        register(event, events.date_of(event, 0))
    assert register(event, events.date_of(event, 2)).state == "registered"


def test_an_unverified_registration_holds_no_place():
    event = bookable(capacity=1)
    unverified = asked(event)
    assert taken(event) == [0]
    register(event)
    assert services.verify(registration=unverified).state == "waiting"
    assert services.verify(registration=unverified).state == "waiting"
    assert event.registrations.count() == 2


def test_by_hand_after_the_closing_but_not_above_the_places():
    event = bookable(capacity=1, booking_until=timezone.now() - timedelta(days=1))
    given = {"event": event, "occurrence": events.date_of(event), "email": "", "access_needs": ""}
    owner = people.verified()
    assert services.add_by_hand(name="Au téléphone", acting_user=owner, **given).state == "registered"
    assert services.add_by_hand(name="Une autre", acting_user=owner, **given).state == "waiting"
