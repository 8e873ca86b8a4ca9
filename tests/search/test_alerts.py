"""What is new in a kept search is told once, at the rhythm that its person chose, whatever happens meanwhile."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, Offer
from coexist.common.mail.delivery import deliver
from coexist.common.mail.digests import send_due_digests
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.suspension import release, suspend
from projects.enums import NeedState
from projects.models import Need
from projects.search import alerts as sending
from projects.search import services
from projects.search.models import SavedSearch, Told
from projects.services import end_need
from tests.factories import network, people
from tests.search.keeping import alerts, kept, later, new_actor, new_need

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def person():
    return people.verified()


@pytest.fixture
def monday(clock):
    """A Monday, at nine in the morning."""
    clock.now = datetime(2031, 3, 3, 9, 0, tzinfo=PARIS)
    return clock


def test_a_new_actor_and_a_new_need_are_told_and_what_was_there_is_not(person, monday):
    new_actor(monday, name="Ancien")
    new_need("Un puits d'avant")
    monday.forward(minutes=1)
    kept(person)
    monday.forward(minutes=1)
    new_actor(monday, name="Foreurs")
    new_actor(monday, "Chanter", name="Choristes")
    new_need("Un puits à Podor")
    assert later(monday, minutes=10) == 1
    (mail,) = alerts(person)
    assert mail.subject == "2 nouveautés pour « Des puits »"
    for text in (mail.body_text, mail.body_html):
        assert "Foreurs" in text
        assert "Un puits à Podor" in text
        assert not [old for old in ("Ancien", "d'avant", "Choristes") if old in text]
        assert "/recherche/?q=puits" in text
        assert "/recherche/alerte/" in text


def test_a_new_offer_of_an_actor_who_was_there_is_news(person, monday):
    actor = new_actor(monday, "Chanter")
    monday.forward(days=1)
    kept(person)
    monday.forward(days=1)
    network.offer(actor, "Forer un puits")
    assert later(monday, minutes=10) == 1


def test_nothing_new_sends_nothing(person, monday):
    kept(person)
    new_actor(monday, "Chanter")
    assert [later(monday, hours=1) for _hour in range(5)] == [0] * 5
    assert not OutgoingEmail.objects.exists()


def test_nothing_is_told_twice(person, monday):
    kept(person)
    monday.forward(minutes=1)
    actor = new_actor(monday)
    assert later(monday, minutes=10) == 1
    assert later(monday, minutes=10) == 0
    Offer.objects.get(actor=actor).save()  # changed, but told already
    Actor.objects.filter(pk=actor.pk).update(approved_at=monday.now)
    assert later(monday, minutes=10) == 0
    new_actor(monday, name="Un autre")
    assert later(monday, minutes=10) == 1
    assert "Un autre" in alerts(person)[1].body_text
    assert "1 " not in alerts(person)[1].subject


def test_what_gets_its_vector_a_little_later_is_not_missed(person, monday):
    """The search looks back: a row may be seen, or be found by its meaning, only after the first look."""
    kept(person)
    monday.forward(minutes=1)
    actor = new_actor(monday, "Chanter")
    assert later(monday, minutes=5) == 0
    Offer.objects.filter(actor=actor).update(title="Forer un puits")  # as an index made since: nothing else changed
    assert later(monday, minutes=10) == 1


@pytest.mark.parametrize(
    ("rhythm", "hours", "told_at"),
    [("immediate", 1, 1), ("daily", 30, 22), ("weekly", 8 * 24, 7 * 24 - 2), ("never", 9 * 24, None)],
)
def test_each_rhythm_has_its_hour(person, monday, rhythm, hours, told_at):
    """Daily and weekly ones half an hour before the digests of 7 o'clock; weekly ones on Monday."""
    kept(person, rhythm=rhythm)
    monday.forward(minutes=1)
    new_actor(monday)
    heard = [hour for hour in range(1, hours + 1) if later(monday, hours=1)]
    assert heard == ([told_at] if told_at else [])


@pytest.mark.parametrize(("digest", "states"), [("immediate", "queued"), ("daily", "held"), ("weekly", "held")])
def test_the_persons_digest_gathers_alerts(monday, digest, states):
    person = people.verified(digest=digest)
    kept(person, rhythm="daily")
    monday.forward(minutes=1)
    new_actor(monday)
    assert later(monday, hours=22) == 1
    assert [mail.state for mail in alerts(person)] == [states]
    monday.forward(hours=7 * 24)
    assert send_due_digests() == (states == "held")


def test_a_daily_alert_goes_into_the_digest_of_the_same_morning(monday):
    person = people.verified(digest="daily")
    kept(person, rhythm="daily")
    monday.forward(minutes=1)
    new_actor(monday)
    later(monday, hours=21, minutes=31)  # half past six
    monday.forward(minutes=30)
    assert send_due_digests() == 1
    digest = OutgoingEmail.objects.get(kind_code="digest")
    assert "/recherche/alerte/" in digest.body_text


def silence(person, how: str):
    """Make it so that the person gets no alert; returns how to end that."""
    if how == "digest":
        type(person).objects.filter(pk=person.pk).update(digest="never")
        return lambda: type(person).objects.filter(pk=person.pk).update(digest="immediate")
    if how == "suspended":
        suspend(person.email, "550 Inconnu")
        return lambda: release(person.email, acting_user=None)
    if how == "opted out":
        row = EmailOptOut.objects.create(address=person.email, kind_code="search_alert")
        return row.delete
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    return lambda: type(person).objects.filter(pk=person.pk).update(is_active=True)


@pytest.mark.parametrize("how", ["digest", "suspended", "opted out", "closed account"])
def test_who_gets_no_mail_is_told_once_mails_go_there_again(person, monday, how):
    kept(person)
    monday.forward(minutes=1)
    end = silence(person, how)
    new_actor(monday)
    assert later(monday, hours=3) == 0
    assert (OutgoingEmail.objects.count(), Told.objects.count()) == (0, 0)
    end()
    assert later(monday, hours=1) == 1


def test_after_a_silence_of_ones_own_only_what_comes_then_is_told(person, monday):
    search = kept(person, rhythm="never")
    monday.forward(minutes=1)
    new_actor(monday, name="Pendant le silence")
    monday.forward(minutes=1)
    services.change_search(search=search, name="Des puits", rhythm="immediate")
    monday.forward(minutes=1)
    new_actor(monday, name="Ensuite")
    assert later(monday, hours=1) == 1
    assert "Pendant le silence" not in alerts()[0].body_text


def test_ones_own_actor_and_need_are_no_news(monday):
    actor, owner = network.owned_actor(name="À nous")
    kept(owner)
    monday.forward(minutes=1)
    network.offer(actor, "Forer un puits")
    network.need(network.project(actor), "Un puits")
    assert later(monday, hours=1) == 0


def test_hidden_rows_are_never_told(person, monday):
    search = kept(person)
    monday.forward(minutes=1)
    for state in ActorState.values:
        if state != ActorState.APPROVED:
            new_actor(monday, state=state)
    new_need(state=NeedState.DRAFT)
    network.need(network.project(network.actor(state=ActorState.SUSPENDED)), "Un puits")
    network.need(network.project(network.actor(), state="draft"), "Un puits")
    assert later(monday, hours=1) == 0
    assert not search.told.exists()


def test_a_filter_that_is_no_more_finds_nothing_instead_of_everything(person, monday):
    search = kept(person, "q=puits&skill=jamais-vu")
    SavedSearch.objects.filter(pk=search.pk).update(query="q=puits&skill=jamais-vu")
    monday.forward(minutes=1)
    new_actor(monday)
    assert later(monday, hours=1) == 0


@pytest.mark.parametrize(("place", "told"), [("actors", "Foreurs"), ("needs", "Un puits à Podor")])
def test_a_search_of_one_side_tells_of_that_side(person, monday, place, told):
    kept(person, place=place)
    monday.forward(minutes=1)
    new_actor(monday, name="Foreurs")
    new_need("Un puits à Podor")
    assert later(monday, hours=1) == 1
    text = alerts()[0].body_text
    assert [name for name in ("Foreurs", "Un puits à Podor") if name in text] == [told]


def test_no_more_than_ten_alerts_a_day_and_the_rest_the_next_day(person, monday):
    for number in range(12):
        kept(person, f"q=puits&theme={number + 1}")
    monday.forward(minutes=1)
    new_actor(monday, themes=list(range(1, 18)))
    assert later(monday, hours=1) == 10
    assert later(monday, hours=1) == 0
    assert later(monday, hours=24) == 2


# Between finding and sending --------------------------------------------------------------------


def found(person, monday) -> OutgoingEmail:
    kept(person)
    monday.forward(minutes=1)
    new_need()
    later(monday, hours=1)
    return alerts(person)[0]


def test_it_leaves_while_all_stands(person, monday):
    assert deliver(found(person, monday).pk) == MailState.SENT


def close_need(person, mail) -> None:
    end_need(need=Need.objects.get(pk=mail.refers_to["needs"][0]), state=NeedState.FILLED, acting_user=None)


def hide_lead(person, mail) -> None:
    Actor.objects.filter(projects__needs__in=mail.refers_to["needs"]).update(state=ActorState.SUSPENDED)


def delete_search(person, mail) -> None:
    services.forget_search(search=SavedSearch.objects.get())


def stop_search(person, mail) -> None:
    services.stop_alerts(search=SavedSearch.objects.get())


def close_account(person, mail) -> None:
    type(person).objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("change", [close_need, hide_lead, delete_search, stop_search, close_account])
def test_it_does_not_leave_once_its_object_is_gone(person, monday, change):
    mail = found(person, monday)
    change(person, mail)
    assert deliver(mail.pk) == MailState.CANCELLED


# Workers that die, and two at once ----------------------------------------------------------------


def test_a_job_killed_in_the_middle_leaves_nothing_and_the_next_tells(person, monday, monkeypatch):
    class Killed(BaseException):
        """As a signal: no code of ours catches it."""

    def die(*args, **kwargs):
        raise Killed

    search = kept(person)
    monday.forward(minutes=1)
    new_actor(monday)
    with monkeypatch.context() as dying:
        dying.setattr(sending, "queue_mail", die)
        with pytest.raises(Killed):
            later(monday, hours=1)
    assert (Told.objects.count(), alerts()) == (0, [])
    assert later(monday, minutes=6) == 1
    assert search.told.count() == 1


def test_a_search_that_fails_does_not_stop_the_others(person, monday, monkeypatch):
    broken, whole = kept(person), kept(people.verified())
    monday.forward(minutes=1)
    new_actor(monday)
    real = sending.news_of
    monkeypatch.setattr(sending, "news_of", lambda search: 1 / 0 if search.pk == broken.pk else real(search))
    assert later(monday, hours=1) == 1
    assert [mail.recipient for mail in alerts()] == [whole.person]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(person, monkeypatch):
    search = kept(person)
    SavedSearch.objects.update(starts_at=timezone.now() - timezone.timedelta(hours=2), due_at=timezone.now())
    actor = network.actor(approved_at=timezone.now())
    network.offer(actor, "Forer un puits")
    inside, go_on, written = threading.Event(), threading.Event(), []
    real = sending.news_of

    def slow(search):
        inside.set()
        go_on.wait(20)
        return real(search)

    def first():
        try:
            written.append(sending.look_at(search.pk))
        finally:
            connection.close()

    monkeypatch.setattr(sending, "news_of", slow)
    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(20)
    assert sending.look_at(search.pk) is False  # while the other still looks
    assert sending.send_due_alerts() == 0
    go_on.set()
    thread.join(20)
    assert (written, len(alerts()), search.told.count()) == ([True], 1, 1)


def test_the_ledger_is_bounded(person, monday, monkeypatch):
    monkeypatch.setattr(sending, "MOST_TOLD", 3)
    search = kept(person)
    for _round in range(5):
        monday.forward(minutes=1)
        new_actor(monday)
        later(monday, minutes=10)
    assert (len(alerts()), search.told.count()) == (5, 3)
