"""A calendar's events become drafts, follow it without doubles, and never lose what people changed here."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.merging import merge
from events import services as agenda
from events.enums import EventState
from events.feeds.ics import calendar_of
from events.imports import services, work
from events.imports.models import CalendarSource, ImportedEvent
from events.models import Event
from tests.event_imports.sites import calendar, event, sends, site
from tests.factories import events, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return network.owned_actor(name="Ciné Actuel")[0]


@pytest.fixture
def person(actor):
    return actor.members.get()


@pytest.fixture
def served(actor, person, settings, monkeypatch):
    """The actor's calendar on a real site; call it with what stands there now, and it is read again."""
    settings.CALENDARS_MAY_ASK = ["127.0.0.0/8"]
    with site(sends(b"")) as one:
        settings.CALENDAR_PORTS = [one.port]
        source = services.add_address(actor=actor, url=one.address(host="127.0.0.1"), acting_user=person)

        def read(*written: str, status: int = 200) -> CalendarSource:
            one.answer = sends(calendar(*written), status)
            services.ask_reading(source=source, acting_user=person)
            work.read_source(source.pk)
            source.refresh_from_db()
            return source

        yield read


def codes(source: CalendarSource) -> list[str]:
    return [problem["code"] for problem in source.problems]


def test_events_arrive_as_drafts_of_the_actor_once(served, actor, person):
    for _time in range(2):
        source = served(event(LOCATION="MJC\\, 74100 Annemasse", RRULE="FREQ=WEEKLY;COUNT=3"), event("deux@x"))

    first, second = Event.objects.order_by("pk")
    assert {(one.organiser, one.state, one.created_by) for one in (first, second)} == {(actor, "draft", person)}
    assert [f"{row.local_start:%d/%m %H:%M}" for row in first.occurrences.all()] == [
        "16/03 18:00", "23/03 18:00", "30/03 18:00"
    ]  # fmt: skip
    assert (first.city, first.zone) == ("Annemasse", "Europe/Paris")
    assert source.counts["same"] == 2


def test_what_changes_there_changes_here_published_events_included(served, person):
    served(event())
    made = Event.objects.get()
    agenda.publish(event=made, acting_user=person)
    source = served(event(SUMMARY="Un autre titre", DTSTART="20270317T180000Z", DTEND="20270317T190000Z"))

    made.refresh_from_db()
    assert (made.title, made.state, source.counts["changed"]) == ("Un autre titre", EventState.PUBLISHED, 1)
    assert made.occurrences.get().starts_at == made.starts_at == events.utc(2027, 3, 17, 18)


def test_what_people_changed_here_stays_and_both_versions_are_told(served, client, actor, person):
    served(event(SUMMARY="Leur titre"))
    made = Event.objects.get()
    made.title = "Notre titre"
    agenda.save_event(event=made, acting_user=person)
    served(event(SUMMARY="Leur titre", LOCATION="MJC"))
    made.refresh_from_db()
    assert (made.title, made.place) == ("Notre titre", "MJC")
    assert not ImportedEvent.objects.in_conflict().exists()

    served(event(SUMMARY="Leur nouveau titre", LOCATION="MJC Centre"))
    made.refresh_from_db()
    assert (made.title, made.place) == ("Notre titre", "MJC Centre")
    entry = ImportedEvent.objects.in_conflict().get()
    client.force_login(person)
    assert "Prendre celle du calendrier" in client.get(reverse("actor-calendar", args=[actor.slug])).content.decode()

    client.post(reverse("calendar-entry", args=[actor.slug, entry.pk]), {"do": "theirs"})
    made.refresh_from_db()
    assert made.title == "Leur nouveau titre"
    assert not ImportedEvent.objects.in_conflict().exists()


def test_a_version_that_one_keeps_is_not_asked_about_again(served, person):
    served(event())
    made = Event.objects.get()
    made.title = "Notre titre"
    agenda.save_event(event=made, acting_user=person)
    served(event(SUMMARY="Leur titre"))
    services.keep_ours(entry=ImportedEvent.objects.get(), acting_user=person)
    served(event(SUMMARY="Leur titre"))

    made.refresh_from_db()
    assert made.title == "Notre titre"
    assert not ImportedEvent.objects.in_conflict().exists()


@pytest.mark.parametrize("older", [{"SEQUENCE": "4"}, {"SEQUENCE": "5", "LAST_MODIFIED": "20261001T000000Z"}])
def test_an_older_copy_changes_nothing(served, older):
    served(event(SUMMARY="Neuf", SEQUENCE="5", LAST_MODIFIED="20261101T000000Z"))
    served(event(**{"SUMMARY": "Vieux", **older}))

    assert Event.objects.get().title == "Neuf"


ALL = (event("touche@x"), event("publie@x", SUMMARY="Publié"), event("change@x", SUMMARY="Changé"), event("reste@x"))


def test_what_left_the_calendar_goes_where_nobody_touched_it_and_is_asked_about_elsewhere(served, person):
    served(*ALL)
    by_uid = {one.uid: one.event for one in ImportedEvent.objects.select_related("event")}
    agenda.publish(event=by_uid["publie@x"], acting_user=person)
    by_uid["change@x"].themes = [6]
    agenda.save_event(event=by_uid["change@x"], acting_user=person)
    source = served(event("reste@x"))

    assert set(Event.objects.values_list("pk", flat=True)) == {
        by_uid[uid].pk for uid in ("publie@x", "change@x", "reste@x")
    }  # fmt: skip
    assert {one.uid for one in ImportedEvent.objects.gone()} == {"publie@x", "change@x"}
    assert (source.counts["deleted"], source.counts["gone"]) == (1, 2)

    served(event("reste@x"), event("change@x", SUMMARY="Changé"))
    assert {one.uid for one in ImportedEvent.objects.gone()} == {"publie@x"}


def test_an_event_that_cannot_be_read_has_not_left(served):
    served(event())
    source = served(event(DTEND="hier"))

    assert Event.objects.count() == 1
    assert codes(source) == ["date"]
    assert not ImportedEvent.objects.gone().exists()


def test_a_calendar_that_is_down_for_a_day_takes_nothing_away(served):
    served(event())
    source = served(status=500)

    assert Event.objects.count() == 1
    assert (source.failure.code, source.failures) == ("status", 1)
    assert source.due_at > timezone.now()
    assert served(event()).failure is None


def test_what_is_over_there_is_not_taken_and_does_not_leave(served, clock):
    served(event("vieux@x", DTSTART="20200101T100000Z", DTEND=""), event())
    assert Event.objects.count() == 1
    clock.now = events.utc(2027, 6, 1)
    source = served(event("neuf@x", DTSTART="20270701T100000Z", DTEND=""))

    assert Event.objects.count() == 2
    assert source.counts["gone"] == source.counts["deleted"] == 0


def test_dates_moved_and_cancelled_there(served):
    written = [
        event(RRULE="FREQ=WEEKLY;COUNT=3"),
        event(RECURRENCE_ID="TZID=Europe/Paris:20270323T180000", DTSTART="20270324T170000Z", DTEND="20270324T180000Z",
              LOCATION="Bibliothèque"),
        event(RECURRENCE_ID="TZID=Europe/Paris:20270330T180000", STATUS="CANCELLED"),
    ]  # fmt: skip
    for _time in range(2):
        served(*written)

    first, second, third = Event.objects.get().occurrences.order_by("planned_at")
    assert (first.is_moved, first.is_cancelled) == (False, False)
    assert (second.starts_at, second.note) == (events.utc(2027, 3, 24, 17), "Bibliothèque")
    assert third.is_cancelled


def test_a_date_that_people_moved_here_stays_when_something_else_changes_there(served, person):
    def written(title: str, hour: int) -> list[str]:
        moved = event(
            RECURRENCE_ID="TZID=Europe/Paris:20270323T180000",
            DTSTART=f"20270324T{hour}0000Z", DTEND=f"20270324T{hour + 1}0000Z",
        )  # fmt: skip
        return [event(RRULE="FREQ=WEEKLY;COUNT=3", SUMMARY=title), moved]

    served(*written("Un titre", 17))
    made = Event.objects.get()
    here = events.utc(2027, 3, 25, 9)
    agenda.change_occurrence(
        occurrence=made.occurrences.order_by("planned_at")[1], starts_at=here, ends_at=here + timedelta(hours=1),
        note="Déplacé par nous", acting_user=person,
    )  # fmt: skip
    for title, hour in (("Un autre titre", 17), ("Encore un autre", 19)):
        served(*written(title, hour))
        row = made.occurrences.order_by("planned_at")[1]
        assert (Event.objects.get().title, row.starts_at, row.note) == (title, here, "Déplacé par nous")


def test_what_is_cancelled_there_is_asked_about_here(served, person):
    served(event(), event("deux@x"))
    agenda.publish(event=Event.objects.first(), acting_user=person)
    served(event(STATUS="CANCELLED"), event("deux@x"), event("trois@x", STATUS="CANCELLED"))

    assert [one.uid for one in ImportedEvent.objects.gone()] == ["un@agenda.example"]
    assert Event.objects.count() == 2


def test_our_own_events_do_not_come_back_to_us(served, actor):
    own = events.event(actor)
    entry = calendar_of([own], name="À nous").decode().partition("BEGIN:VEVENT")[2].partition("END:VCALENDAR")[0]
    source = served(f"BEGIN:VEVENT{entry}")

    assert Event.objects.count() == 1
    assert codes(source) == ["ours"]


def test_too_many_dates_are_listed_not_written(served, monkeypatch):
    monkeypatch.setattr("events.imports.writing.MOST_DATES", 10)
    monkeypatch.setattr("events.imports.writing.MOST_TO_COME", 2)
    source = served(event(RRULE="FREQ=DAILY;COUNT=300"), event("a@x"), event("b@x"), event("c@x"), event("d@x"))

    assert sorted(codes(source)) == ["too_many_dates", "too_many_to_come"]
    assert Event.objects.count() == 2


def test_files_are_read_once_known_again_and_forgotten(actor, person):
    for content in (calendar(event(), event("deux@x")), calendar(event(SUMMARY="Neuf"))):
        source = services.add_file(actor=actor, name="agenda.ics", content=content, acting_user=person)
        work.read_source(source.pk)

    source.refresh_from_db()
    assert (source.content, source.due_at) == (None, None)
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Atelier", "Neuf"]


def test_the_same_event_in_two_calendars_of_an_actor_is_one(served, actor, person):
    served(event())
    source = services.add_file(actor=actor, name="a.ics", content=calendar(event(SUMMARY="Neuf")), acting_user=person)
    work.read_source(source.pk)

    assert Event.objects.get().title == "Neuf"


def test_a_draft_that_was_dropped_does_not_come_back(served, person):
    served(event())
    entry = ImportedEvent.objects.get()
    assert services.drop_draft(entry=entry, acting_user=person)
    assert not services.drop_draft(entry=entry, acting_user=person)
    served(event(SUMMARY="Encore"))

    assert not Event.objects.exists()


def test_a_published_event_is_not_dropped(served, person):
    served(event())
    agenda.publish(event=Event.objects.get(), acting_user=person)

    assert not services.drop_draft(entry=ImportedEvent.objects.get(), acting_user=person)
    assert services.make_ours(entry=ImportedEvent.objects.get(), acting_user=person)
    assert Event.objects.count() == 1


def test_it_is_read_each_day_until_it_fails_for_a_fortnight(served, clock):
    source = served(event())
    assert work.read_what_is_due() == 0
    for _day in range(work.MOST_FAILURES):
        served_again = CalendarSource.objects.get()
        assert served_again.is_active
        clock.now = served_again.due_at + timedelta(seconds=1)
        CalendarSource.objects.update(url="http://10.0.0.1/a.ics")
        assert work.read_what_is_due() == 1

    source.refresh_from_db()
    assert (source.is_active, source.due_at, source.failure.code) == (False, None, "private")
    assert Event.objects.count() == 1


def test_a_worker_that_dies_leaves_it_due_a_little_later(served, clock, monkeypatch):
    source = served(event())
    services.ask_reading(source=source, acting_user=None)
    with monkeypatch.context() as broken:
        broken.setattr(work, "fetch", lambda *args, **kwargs: 1 / 0)
        work.read_what_is_due()
    assert work.read_what_is_due() == 0
    clock.forward(minutes=16)

    assert work.read_what_is_due() == 1
    source.refresh_from_db()
    assert source.read_at > timezone.now() - timedelta(minutes=1)


def test_calendars_of_two_actors_that_are_one(served, actor, animator):
    served(event())
    kept, owner = network.owned_actor()
    mine = services.add_address(actor=kept, url=CalendarSource.objects.get().url, acting_user=owner)
    merge(kept=kept, absorbed=actor, choices={}, acting_user=animator)

    assert ImportedEvent.objects.get().source == CalendarSource.objects.get() == mine
    assert Event.objects.get().organiser == kept


# The page ---------------------------------------------------------------------------------------


def page(actor) -> str:
    return reverse("actor-calendar", args=[actor.slug])


def test_an_address_is_given_and_read_by_the_worker(client, actor, person):
    client.force_login(person)
    answer = client.post(page(actor), {"url": "webcal://agenda.example/a.ics"}, follow=True)

    source = CalendarSource.objects.get()
    assert (source.url, source.created_by) == ("https://agenda.example/a.ics", person)
    assert source.due_at <= timezone.now()
    assert "La lecture est demandée" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("given", [{}, {"url": "ftp://x/"}, {"url": "http://x:22/"}, {"url": "https://a:b@x/"}])
def test_what_is_no_address_is_said_at_once(client, actor, person, given):
    client.force_login(person)
    answer = client.post(page(actor), given)

    assert answer.context["form"].errors
    assert not CalendarSource.objects.exists()


def test_what_is_wrong_is_on_the_page_with_its_line(served, client, actor, person):
    served(event(), event("deux@x", DTSTART="TZID=Mars/Olympus:20270316T180000"))
    client.force_login(person)
    shown = client.get(page(actor)).content.decode()

    assert "Ligne 13 :" in " ".join(shown.split())
    assert "Mars/Olympus" in shown
    assert "Atelier" in shown


def test_only_owners_and_editors_see_the_calendars(client, actor):
    reader, editor = people.verified(), people.verified()
    network.join(reader, actor, "reader")
    network.join(editor, actor, "editor")

    for who, status in ((reader, 403), (editor, 200), (people.verified(), 403)):
        client.force_login(who)
        assert client.get(page(actor)).status_code == status
