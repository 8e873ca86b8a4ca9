"""Asked for on the page, made in the worker: once, kept, made anew when something changed, left by nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.programme import making, printing
from events.programme.enums import PrintState
from events.programme.models import ProgrammePrint
from tests.factories import campaigns, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    made = campaigns.campaign(state="published")
    campaigns.activity(made, network.actor(), state="accepted", title="Une soirée")
    return made


@pytest.fixture
def coordinator(campaign):
    actor, owner = network.owned_actor()
    campaigns.coordination(campaign, actor)
    return owner


def ask(campaign):
    return making.ask(campaign, layout="a4", order="town")


def test_it_is_made_once_and_kept(campaign):
    row = ask(campaign)
    assert row.state == PrintState.WAITING
    assert making.make(row.pk)
    assert not making.make(row.pk)

    again = ask(campaign)
    assert (again.pk, again.state) == (row.pk, PrintState.DONE)
    with again.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"


def test_a_change_asks_for_another_and_the_earlier_file_goes(campaign, django_capture_on_commit_callbacks):
    row = ask(campaign)
    making.make(row.pk)
    row.refresh_from_db()
    earlier, storage = row.file.name, row.file.storage
    campaigns.activity(campaign, network.actor(), state="accepted", title="Une autre soirée")
    assert ask(campaign).state == PrintState.WAITING
    with django_capture_on_commit_callbacks(execute=True):
        making.make(row.pk)

    row.refresh_from_db()
    assert row.state == PrintState.DONE
    assert not storage.exists(earlier)
    assert storage.exists(row.file.name)


def test_a_worker_that_was_killed_leaves_it_to_another(campaign, clock):
    row = ask(campaign)
    assert making._begin(row.pk) is not None  # and then it is killed
    assert not making.make(row.pk)
    clock.forward(minutes=11)
    assert making.make(row.pk)


def test_what_fails_again_and_again_is_given_up_and_said(campaign, monkeypatch, client, coordinator):
    def fail(*args, **kwargs):
        raise OSError("no room left")

    monkeypatch.setattr(printing, "programme", fail)
    row = ask(campaign)
    for _attempt in range(making.MOST_ATTEMPTS):
        with pytest.raises(OSError, match="no room"):
            making.make(row.pk)
    row.refresh_from_db()
    assert row.state == PrintState.FAILED
    client.force_login(coordinator)
    assert "Il n'a pas pu être fait" in client.get(reverse("programme", args=[campaign.year])).content.decode()


def test_the_page_asks_shows_progress_and_then_the_file(client, campaign, coordinator):
    client.force_login(coordinator)
    address = reverse("programme", args=[campaign.year])
    client.post(address, {"layout": "a5", "order": "day"})
    row = ProgrammePrint.objects.get()
    assert "data-working" in client.get(address).content.decode()
    making.make(row.pk)
    row.refresh_from_db()
    page = client.get(address).content.decode()
    assert row.url in page
    assert "data-working" not in page
    client.logout()
    assert client.get(row.url).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"layout": "a0", "order": "town"}, {"layout": "a4", "order": "../etc"}])
def test_other_layouts_are_refused(client, campaign, coordinator, sent):
    client.force_login(coordinator)
    assert client.post(reverse("programme", args=[campaign.year]), sent).status_code == 200
    assert not ProgrammePrint.objects.exists()


def test_only_who_coordinates_and_animators_ask(client, campaign, animator):
    address = reverse("programme", args=[campaign.year])
    assert client.get(address).status_code == 302
    client.force_login(people.verified())
    assert client.get(address).status_code == 403
    client.force_login(animator)
    assert client.get(address).status_code == 200


def test_of_a_draft_nobody_else_gets_the_file(client):
    draft = campaigns.campaign(state="draft")
    row = ask(draft)
    making.make(row.pk)
    row.refresh_from_db()
    assert client.get(row.url).status_code == 404


def test_a_poster_is_for_its_organiser_and_the_coordinator(client, campaign, coordinator):
    actor, owner = network.owned_actor()
    event = campaigns.activity(campaign, actor, state="accepted").event
    address = reverse("poster", args=[event.slug])
    client.force_login(people.verified())
    assert client.get(address).status_code == 403
    for person in (owner, coordinator):
        client.force_login(person)
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content[:5] == b"%PDF-"


def test_what_the_broker_lost_is_handed_over_again(campaign, clock, monkeypatch):
    row = ask(campaign)
    handed: list[int] = []
    monkeypatch.setattr(making, "_hand_over", handed.append)
    making.make_due()
    assert handed == []
    clock.forward(minutes=2)
    making.make_due()
    assert handed == [row.pk]
    assert timedelta(minutes=2) < making.LEFT_BEHIND
