"""Asked to confirm: once a week, four times at most, one mail for everything; then lower in the lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects import tasks
from projects.enums import NeedState
from projects.freshness.links import Named, confirm_url
from projects.freshness.models import Nudge
from projects.freshness.nudging import nudge
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(clock):
    return network.owned_actor(name="Eau et Vie", confirm_every=2)[0]


def mails(kind="freshness_nudge"):
    return OutgoingEmail.objects.filter(kind_code=kind).order_by("pk")


def path_of(mail):
    return mail.body_text[mail.body_text.index("/confirmer/") :].split()[0]


def test_nobody_is_asked_before_the_interval_is_over(actor, clock):
    clock.forward(days=55)
    nudge()
    assert not mails().exists()
    clock.forward(days=8)
    nudge()
    assert mails().get().address == actor.members.get().email


def test_one_mail_holds_everything_of_a_person_and_a_week_brings_no_second(actor, clock):
    need = network.need(network.project(actor), "Creuser un puits")
    late = network.actor(owner=actor.members.get(), name="Plus tard", confirm_every=1)
    type(late).objects.filter(pk=late.pk).update(confirmed_at=clock.now + timedelta(days=33))
    clock.forward(days=63)
    for _run in range(2):
        nudge()
    assert "Creuser un puits" in mails().get().body_text
    assert "Eau et Vie" in mails().get().body_text
    clock.forward(days=2)  # another of this person's things is due now: it waits for the next week
    nudge()
    assert mails().count() == Nudge.objects.count() == 1
    clock.forward(days=6)
    nudge()
    assert "Plus tard" in mails().last().body_text
    assert mails().count() == 2
    assert need.pk


def test_colleagues_are_asked_in_the_same_run_and_it_counts_once(actor, clock):
    network.join(people.verified(), actor, "editor")
    network.join(people.verified(), actor, "reader")
    clock.forward(days=63)
    nudge()
    actor.refresh_from_db()
    assert (mails().count(), actor.nudges) == (2, 1)


def test_four_nudges_then_it_ranks_lower_and_says_so(client, actor, clock):
    fresh = network.actor(name="Zèle et Cie", confirm_every=12)
    need, newer = network.need(network.project(actor), "Ancien"), network.need(network.project(fresh), "Récent")
    type(need).objects.filter(pk=newer.pk).update(published_at=clock.now - timedelta(days=300))
    clock.forward(days=63)
    for _week in range(8):
        nudge()
        clock.forward(days=8)
    assert mails().count() == 4
    actor.refresh_from_db()
    assert actor.is_stale
    assert list(client.get(reverse("actor-list")).context["rows"]) == [fresh, actor]
    assert list(client.get(reverse("need-list")).context["rows"]) == [newer, need]
    assert "Non confirmé depuis" in client.get(actor.get_absolute_url()).content.decode()
    client.post(path_of(mails().last()))
    actor.refresh_from_db()
    assert (actor.is_stale, actor.nudges) == (False, 0)
    assert list(client.get(reverse("actor-list")).context["rows"]) == [actor, fresh]


def test_a_profile_that_nobody_keeps_ranks_lower_too(clock):
    orphan = network.actor(confirm_every=1)
    clock.forward(days=40)
    for _week in range(6):
        nudge()
        clock.forward(days=8)
    orphan.refresh_from_db()
    assert orphan.is_stale
    assert not mails().exists()


def test_the_link_shows_one_button_and_only_the_button_confirms(client, actor, clock):
    clock.forward(days=63)
    nudge()
    page = path_of(mails().get())
    before = actor.confirmed_at
    html = client.get(page).content.decode()
    actor.refresh_from_db()
    assert actor.confirmed_at == before
    assert html.count("Tout est encore juste") == 1
    assert "merci" in client.post(page).content.decode()
    actor.refresh_from_db()
    assert actor.confirmed_at == clock.now
    assert actor.history.first().history_user == actor.members.get()


def test_a_confirmed_profile_takes_back_the_mail_that_waits(client, actor, clock):
    clock.forward(days=63)
    nudge()
    client.post(path_of(mails().get()))
    deliver(mails().get().pk)
    assert mails().get().state == MailState.CANCELLED


def test_a_link_confirms_only_what_its_person_still_writes_for(client, actor, clock):
    owner, foreign = actor.members.get(), network.actor()
    before = foreign.confirmed_at
    clock.forward(days=3)
    page = confirm_url(Named(owner.pk, [actor.pk, foreign.pk], [])).replace("http://testserver", "")
    page = page[page.index("/confirmer/") :]
    client.post(page)
    foreign.refresh_from_db()
    assert foreign.confirmed_at == before
    actor.memberships.all().delete()
    assert client.post(page).status_code == 410
    assert client.get(page[:-4] + "xxx/").status_code == 404


def test_the_owner_chooses_the_interval_and_saving_confirms(client, actor, clock):
    clock.forward(days=63)
    nudge()
    client.force_login(actor.members.get())
    form = {"name": "Eau et Vie", "kind": "ngo", "country": "FR", "confirm_every": "12"}
    client.post(reverse("actor-edit", args=[actor.slug]), form)
    actor.refresh_from_db()
    assert (actor.confirm_every, actor.nudges, actor.confirmed_at) == (12, 0, clock.now)


def test_a_need_past_its_date_is_told_before_and_after_once(clock):
    lead, owner = network.owned_actor()
    need = network.need(network.project(lead), ends_on=timezone.localdate() + timedelta(days=10))
    for expected in (0, 1, 1):
        tasks.tell_needs_that_end()
        assert mails("need_ends_soon").count() == expected
        clock.forward(days=4)
    for _run in range(2):
        tasks.close_past_needs()
    need.refresh_from_db()
    assert need.state == NeedState.CLOSED
    assert mails("need_past").get().recipient == owner


def test_a_moved_date_takes_back_the_mail_and_is_told_anew(clock):
    lead, _owner = network.owned_actor()
    need = network.need(network.project(lead), ends_on=timezone.localdate() + timedelta(days=9))
    clock.forward(days=3)
    tasks.tell_needs_that_end()
    need.ends_on += timedelta(days=7)
    need.save(update_fields=["ends_on"])
    deliver(mails("need_ends_soon").get().pk)
    assert mails("need_ends_soon").get().state == MailState.CANCELLED
    clock.forward(days=7)
    tasks.tell_needs_that_end()
    assert mails("need_ends_soon").count() == 2
