"""What is written to who registers: once each, with a calendar file that says the same."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from icalendar import Calendar

from coexist.common.mail.delivery import compose, deliver
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.suspension import suspend
from events import services as event_services
from events.models import Event
from events.registrations import jobs, services, telling
from tests.factories import events, network, people
from tests.factories.registrations import asked, register

pytestmark = pytest.mark.django_db
WEEKLY = "FREQ=WEEKLY;COUNT=3"


def bookable(**fields) -> Event:
    return events.event(network.actor(), **{"booking": "each", **fields})


def mails(kind: str):
    return OutgoingEmail.objects.filter(kind_code=f"registration_{kind}").order_by("pk")


def calendars(mail: OutgoingEmail) -> list[Calendar]:
    parts = [part for part in compose(mail).message().walk() if part.get_content_type() == "text/calendar"]
    found = [Calendar.from_ical(part.get_payload(decode=True).decode()) for part in parts]
    assert [part.get_param("method") for part in parts] == [str(calendar["method"]) for calendar in found]
    return found


def test_the_confirmation_carries_the_date_and_the_link():
    event = bookable(rule=WEEKLY, online_url="https://visio.example/salle", place="Salle Rhône")
    occurrence = events.date_of(event, 1)
    register(event, occurrence)
    mail = mails("confirmed").get()
    (calendar,) = calendars(mail)
    (entry,) = calendar.walk("VEVENT")

    assert "https://visio.example/salle" in mail.body_text
    assert "https://visio.example/salle" in mail.body_html
    assert (str(calendar["method"]), str(entry["uid"]), entry["sequence"]) == ("PUBLISH", event.uid, event.sequence)
    assert entry["recurrence-id"].dt == occurrence.planned_at
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (occurrence.starts_at, occurrence.ends_at)
    assert str(entry["location"]).startswith("Salle Rhône")
    assert deliver(mail.pk) == "sent"
    assert "inscription.ics" in outbox.outbox[-1].message().as_string()


def test_a_single_date_has_no_recurrence_id_and_an_all_day_event_has_days():
    start = events.utc(2029, 3, 9, 23)
    event = bookable(is_all_day=True, starts_at=start, ends_at=start + timedelta(days=2))
    register(event)
    (entry,) = calendars(mails("confirmed").get())[0].walk("VEVENT")
    assert "recurrence-id" not in entry
    assert (str(entry["dtstart"].dt), str(entry["dtend"].dt)) == ("2029-03-10", "2029-03-12")


def move(event: Event, **by) -> Event:
    event = Event.objects.get(pk=event.pk)
    event.starts_at += timedelta(**by)
    event.ends_at += timedelta(**by)
    return event_services.save_event(event=event, acting_user=None)


def test_several_dates_moved_at_once_are_one_mail_and_keep_their_names_in_calendars():
    event = bookable(rule=WEEKLY, capacity=1)
    person, waits = people.verified(), people.verified()
    named = {register(event, row, person=person).seats.get().known_as for row in event.occurrences.all()}
    register(event, person=waits)
    event = move(event, hours=1)
    assert jobs.tell_due() == 1
    assert jobs.tell_due() == 0

    mail = mails("changed").get()
    assert mail.address == person.email
    entries = calendars(mail)[0].walk("VEVENT")
    assert {entry["recurrence-id"].dt for entry in entries} == named
    assert {entry["dtstart"].dt for entry in entries} == {row.starts_at for row in event.occurrences.all()}
    assert {entry["sequence"] for entry in entries} == {event.sequence}


def test_one_date_off_is_told_to_its_people_only(clock):
    event = bookable(rule=WEEKLY)
    here, there = register(event, events.date_of(event, 0)), register(event, events.date_of(event, 1))
    owner = people.verified()
    event_services.cancel_occurrence(occurrence=events.date_of(event, 0), note="Neige", acting_user=owner)
    jobs.tell_due()
    mail = mails("changed").get()
    (calendar,) = calendars(mail)
    assert mail.address == here.email
    assert "Neige" in mail.body_text
    assert (str(calendar["method"]), str(calendar.walk("VEVENT")[0]["status"])) == ("CANCEL", "CANCELLED")
    clock.forward(days=9, hours=12)
    assert jobs.remind_due() == 0
    clock.forward(days=7)
    assert jobs.remind_due() == 1
    assert mails("reminder").get().address == there.email


def test_when_all_is_cancelled_each_is_told_once_also_who_waits():
    event = bookable(booking="all", rule=WEEKLY, capacity=1)
    register(event)
    register(event)
    event_services.cancel_event(event=event, because="Grève des trains", acting_user=people.verified())
    jobs.tell_due()
    jobs.tell_due()
    first, second = mails("changed")
    assert "Grève des trains" in first.body_text
    assert len(calendars(first)[0].walk("VEVENT")) == 3
    assert calendars(second) == []


def test_one_reminder_the_day_before_and_none_after(clock):
    event = bookable()
    register(event)
    gone = register(event)
    services.cancel(registration=gone)
    assert jobs.remind_due() == 0
    clock.now = events.date_of(event).starts_at - timedelta(hours=23)
    late = register(event)
    assert [jobs.remind_due(), jobs.remind_due()] == [1, 0]
    clock.forward(days=3)
    assert jobs.remind_due() == 0
    assert mails("reminder").count() == 1
    assert late.email not in mails("reminder").values_list("address", flat=True)


def test_giving_a_place_back_takes_it_out_of_the_calendar():
    event = bookable(capacity=1)
    first, waits = register(event), register(event)
    assert "première personne à attendre" in mails("waiting").get().body_text
    services.cancel(registration=first)
    (calendar,) = calendars(mails("cancelled").get())
    assert str(calendar["method"]) == "CANCEL"
    assert mails("offered").get().address == waits.email
    services.take_offer(registration=waits)
    assert mails("confirmed").count() == 2


def test_the_address_is_asked_once_however_often_one_clicks(clock):
    event = bookable()
    for _click in range(3):
        asked(event, email="Awa@test.example")
    assert event.registrations.count() == 1
    assert mails("verify").get().address == "awa@test.example"
    for _day in range(8):
        clock.forward(minutes=15)
        asked(event, email="awa@test.example")
    assert mails("verify").count() == telling.MOST_TO_VERIFY


def test_an_address_that_is_registered_reads_it_in_its_mail_and_nobody_else_does():
    event = bookable()
    registered = register(event)
    asked(event, email=registered.email)
    assert not mails("verify").exists()
    assert mails("known").get().address == registered.email


def test_a_suspended_address_gets_nothing():
    suspend("morte@test.example", "550")
    asked(bookable(), email="morte@test.example")
    assert mails("verify").get().state == "cancelled"


def test_a_mail_that_lost_its_object_does_not_leave(clock):
    event = bookable(capacity=1)
    first, waits = register(event), register(event)
    services.cancel(registration=first)
    services.cancel(registration=waits)
    assert deliver(mails("offered").get().pk) == "cancelled"
    assert deliver(mails("confirmed").get().pk) == "cancelled"
