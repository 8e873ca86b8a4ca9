"""Keeping, publishing, moving and cancelling events, and what becomes of their dates."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from actors.enums import ActorState
from actors.merging import merge
from actors.services import decide
from events import services
from events.enums import EventState
from events.models import Event, Occurrence
from events.occurrences import extend_endless
from events.signals import event_changed
from tests.factories import events, network, people

pytestmark = pytest.mark.django_db
WEEKLY = "FREQ=WEEKLY;COUNT=4"


@pytest.fixture
def told():
    """What who comes would hear."""
    heard = []

    def hear(sender, event, **changes):
        heard.append({name: rows for name, rows in changes.items() if name != "signal" and rows})

    event_changed.connect(hear)
    yield heard
    event_changed.disconnect(hear)


def save(event):
    return services.save_event(event=event, acting_user=None)


def shift(event, **by):
    event.starts_at += timedelta(**by)
    event.ends_at += timedelta(**by)
    return save(event)


def test_an_event_has_a_row_for_each_date():
    event = events.event(network.actor(), rule=WEEKLY)

    starts = list(event.occurrences.values_list("starts_at", flat=True))
    assert len(starts) == 4
    assert starts[0] == event.starts_at


def test_when_all_move_by_an_hour_each_date_keeps_its_row(told):
    event = events.event(network.actor(), rule=WEEKLY)
    before = list(event.occurrences.values_list("pk", flat=True))
    shift(event, hours=1)

    assert list(event.occurrences.values_list("pk", flat=True)) == before
    assert told == [{"moved": before}]


def test_when_all_move_by_a_week_no_two_rows_collide():
    event = events.event(network.actor(), rule=WEEKLY)
    shift(event, days=7)

    starts = list(event.occurrences.values_list("planned_at", flat=True))
    assert starts == sorted(set(starts))
    assert len(starts) == 4
    assert starts[0] == event.starts_at


def test_the_only_date_keeps_its_row_wherever_it_moves(told):
    event = events.event(network.actor())
    row = event.occurrences.get()
    shift(event, days=40)

    row.refresh_from_db()
    assert row.starts_at == event.starts_at
    assert told == [{"moved": [row.pk]}]


def test_a_date_that_goes_is_deleted_or_cancelled_where_somebody_comes(told):
    event = events.event(network.actor(), rule=WEEKLY)
    third, fourth = events.date_of(event, 2), events.date_of(event, 3)
    Occurrence.objects.filter(pk=fourth.pk).update(taken=1)
    event.rule = "FREQ=WEEKLY;COUNT=2"
    save(event)

    assert not Occurrence.objects.filter(pk=third.pk).exists()
    fourth.refresh_from_db()
    assert fourth.is_cancelled
    assert told == [{"cancelled": [fourth.pk]}]


def test_what_was_said_of_one_date_outlives_a_change_of_all():
    event = events.event(network.actor(), rule=WEEKLY)
    second = events.date_of(event, 1)
    later = second.starts_at + timedelta(hours=3)
    services.change_occurrence(
        occurrence=second, starts_at=later, ends_at=later + timedelta(hours=1), note="À la MJC", acting_user=None
    )
    event.refresh_from_db()
    event.title = "Un autre titre"
    save(event)

    second.refresh_from_db()
    assert (second.starts_at, second.note) == (later, "À la MJC")


def test_dates_that_are_over_stay_as_they_were():
    start = timezone.now().replace(microsecond=0) - timedelta(days=10)
    event = events.event(network.actor(), starts_at=start, rule=WEEKLY)
    first = events.date_of(event)
    shift(event, hours=1)

    first.refresh_from_db()
    assert first.starts_at == start
    assert event.occurrences.count() == 4


def test_a_new_place_is_told_once_for_each_date_to_come(told):
    event = events.event(network.actor(), rule="FREQ=WEEKLY;COUNT=2")
    event.place = "MJC Centre"
    save(event)

    assert told == [{"relocated": list(event.occurrences.values_list("pk", flat=True))}]


def test_nobody_hears_of_a_draft_or_of_a_new_title(told):
    draft = events.event(network.actor(), state=EventState.DRAFT)
    shift(draft, days=1)
    public = events.event(network.actor())
    public.title = "Un titre plus juste"
    save(public)

    assert told == []


def test_each_change_counts_the_version_up_and_the_identifier_stays():
    event = events.event(network.actor())
    uid, sequence = event.uid, event.sequence
    shift(event, days=1)
    services.cancel_event(event=event, because="Grève", acting_user=people.verified())

    event.refresh_from_db()
    assert (event.uid, event.sequence) == (uid, sequence + 2)


def test_cancelling_tells_the_dates_to_come_and_is_done_once(told):
    start = timezone.now() - timedelta(days=10)
    event = events.event(network.actor(), starts_at=start, rule=WEEKLY)
    person = people.verified()

    assert services.cancel_event(event=event, because="Grève", acting_user=person)
    assert not services.cancel_event(event=event, because="Grève", acting_user=person)
    coming = event.occurrences.filter(ends_at__gt=timezone.now()).values_list("pk", flat=True)
    assert told == [{"cancelled": list(coming)}]


def test_a_date_that_is_cancelled_or_over_does_not_change_any_more():
    event = events.event(network.actor(), rule=WEEKLY)
    row = events.date_of(event)
    assert services.cancel_occurrence(occurrence=row, note="Neige", acting_user=None)
    assert not services.cancel_occurrence(occurrence=row, note="Neige", acting_user=None)
    with pytest.raises(ValidationError):
        services.change_occurrence(
            occurrence=row, starts_at=row.starts_at, ends_at=row.ends_at, note="Si", acting_user=None
        )


def test_an_event_waits_for_its_organiser_to_be_approved(animator):
    actor = network.actor(state=ActorState.WAITING)
    event = events.event(actor, state=EventState.DRAFT)

    assert not services.publish(event=event, acting_user=None)
    assert not Event.objects.public().exists()
    decide(actor=actor, state=ActorState.APPROVED, reason="", acting_user=animator)
    assert list(Event.objects.public()) == [event]


def test_where_it_takes_place_gives_its_position_and_territories():
    event = events.event(network.actor(), postcode="74100", city="Annemasse")

    assert "74" in event.reach
    assert event.latitude is not None
    online = events.event(network.actor(), postcode="", city="")
    assert (online.latitude, online.reach) == (None, [])


def test_a_position_that_somebody_chose_stays():
    event = events.event(network.actor(), latitude=46.2, longitude=6.2, position_is_chosen=True)
    save(event)

    assert (event.latitude, event.longitude) == (46.2, 6.2)


def test_a_repetition_without_an_end_goes_on_by_itself(clock):
    event = events.event(network.actor(), rule="FREQ=MONTHLY")
    number = event.occurrences.count()
    clock.forward(days=62)

    assert extend_endless() == 1
    assert event.occurrences.count() > number


def test_events_of_two_actors_that_are_one(animator):
    kept, absorbed, third = network.actor(), network.actor(), network.actor()
    led = events.event(absorbed)
    joined = events.event(third)
    joined.co_organisers.add(absorbed)
    merge(kept=kept, absorbed=absorbed, choices={}, acting_user=animator)

    led.refresh_from_db()
    assert led.organiser == kept
    assert list(joined.co_organisers.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_cancel_at_once_one_does():
    event = events.event(network.actor())
    person, done, both = people.verified(), [], Barrier(2)

    def cancel():
        both.wait()
        done.append(services.cancel_event(event=event, because="Grève", acting_user=person))
        connection.close()

    threads = [Thread(target=cancel) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(done) == [False, True]
