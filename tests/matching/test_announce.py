"""Who is mailed about a match, how often, and who never is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from actors.enums import Role
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.tasks import deliver_due
from projects.enums import NeedState
from projects.matching import announce, sweeps
from projects.matching.enums import Band
from projects.matching.models import Match, Refusal
from tests.factories import network, people

pytestmark = pytest.mark.django_db

NOON = datetime(2031, 5, 12, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _it_is_noon(clock):
    clock.now = NOON


@pytest.fixture
def need():
    lead, _owner = network.owned_actor()
    return network.need(network.project(lead))


def matched(need, number=1, **fields):
    """Matches with actors that have an owner, best first."""
    return [
        network.match(need, network.owned_actor()[0], **{"score": 100.0 - place, **fields}) for place in range(number)
    ]


def told_actors() -> list[int]:
    """Actors solicited by mail, in order."""
    mails = OutgoingEmail.objects.filter(kind_code="needs_for_actor").order_by("pk")
    return [mail.refers_to["actor"] for mail in mails]


def project_mails():
    return OutgoingEmail.objects.filter(kind_code="need_matches").order_by("pk")


def test_at_most_ten_actors_a_day_the_best_first_and_the_others_tomorrow(need, clock):
    actors = [match.actor_id for match in matched(need, 14)]
    announce.announce_new(need)
    assert told_actors() == actors[:10]
    clock.forward(hours=3)
    sweeps.announce_what_waits()
    assert told_actors() == actors[:10]
    clock.forward(hours=10)  # past midnight
    sweeps.announce_what_waits()
    assert told_actors() == actors


def test_the_ten_are_counted_for_each_need(need):
    other = network.need(need.project)
    matched(need, 11)
    matched(other, 11)
    announce.announce_new(need)
    announce.announce_new(other)
    assert len(told_actors()) == 20


@pytest.mark.parametrize(("interested", "told"), [(5, 1), (6, 0)])
def test_nobody_is_asked_once_six_are_interested(need, interested, told):
    matched(need, interested, interested_at=NOON)
    matched(need)
    announce.announce_new(need)
    assert len(told_actors()) == told


def test_a_person_hears_of_five_needs_a_week_and_of_the_others_the_week_after(need, clock):
    actor, owner = network.owned_actor()
    needs = [network.need(need.project, f"Besoin {number}") for number in range(7)]
    for number, each in enumerate(needs):
        network.match(each, actor, score=50.0 - number)
    announce.announce_actor(actor, needs)
    assert solicited(actor) == [each.pk for each in needs[:5]]
    clock.forward(days=1)
    deliver_due()  # the mail server was away: the week begins when they leave
    clock.forward(days=6, hours=23)
    sweeps.announce_what_waits()
    assert solicited(actor) == [each.pk for each in needs[:5]]
    clock.forward(hours=2)
    sweeps.announce_what_waits()
    assert solicited(actor) == [each.pk for each in needs]
    assert {mail.recipient for mail in OutgoingEmail.objects.filter(kind_code="needs_for_actor")} == {owner}


def solicited(actor) -> list[int]:
    return list(
        Match.objects.filter(actor=actor).exclude(solicited_at=None).order_by("-score").values_list("need", flat=True)
    )


def test_the_week_counts_what_a_person_hears_for_all_their_actors(need):
    owner = people.verified()
    first, second = network.actor(owner=owner), network.actor(owner=owner)
    needs = [network.need(need.project, f"Besoin {number}") for number in range(6)]
    for each in needs[:4]:
        network.match(each, first)
    for each in needs[4:]:
        network.match(each, second)
    announce.announce_actor(first, needs)
    announce.announce_actor(second, needs)
    assert len(solicited(first)) == 4
    assert len(solicited(second)) == 1


def test_a_colleague_with_room_hears_of_what_the_other_cannot(need):
    busy, fresh = people.verified(), people.verified()
    actor = network.actor(owner=busy)
    network.join(fresh, actor, Role.EDITOR)
    other = network.actor(owner=busy)
    earlier = [network.need(need.project, f"Besoin {number}") for number in range(5)]
    for each in earlier:
        network.match(each, other)
    announce.announce_actor(other, earlier)
    network.match(need, actor)
    announce.announce_new(need)
    mail = OutgoingEmail.objects.filter(kind_code="needs_for_actor").latest("pk")
    assert (mail.recipient, mail.refers_to["actor"]) == (fresh, actor.pk)


def test_a_match_is_mailed_once_for_ever(need, clock):
    (match,) = matched(need)
    for _ in range(4):
        announce.announce_new(need)
        announce.announce_actor(match.actor, [need])
        sweeps.announce_what_waits()
        clock.forward(days=9)
    assert told_actors() == [match.actor_id]
    assert project_mails().count() == 1


def test_several_needs_that_suit_one_actor_come_in_one_mail(need):
    actor, _owner = network.owned_actor()
    other = network.need(need.project, "Tenir notre comptabilité")
    expected = {network.match(each, actor).pk for each in (need, other)}
    announce.announce_actor(actor, [need, other])
    mail = OutgoingEmail.objects.get(kind_code="needs_for_actor")
    assert set(mail.refers_to["matches"]) == expected
    assert need.title in mail.body_text
    assert other.title in mail.body_text


def test_announcing_one_actor_solicits_no_other(need):
    (match,), (other,) = matched(need), matched(need)
    announce.announce_actor(match.actor, [need])
    assert told_actors() == [match.actor_id]
    other.refresh_from_db()
    assert other.solicited_at is None


def test_the_project_is_mailed_once_a_day_and_told_of_the_rest_the_next(need, clock):
    first = matched(need, 2)
    announce.announce_new(need)
    assert [mail.refers_to["matches"] for mail in project_mails()] == [[match.pk for match in first]]
    clock.forward(hours=1)
    second = matched(need, 1)
    announce.announce_new(need)
    sweeps.announce_what_waits()
    assert project_mails().count() == 1
    clock.forward(days=1)
    sweeps.announce_what_waits()
    assert [mail.refers_to["matches"] for mail in project_mails()][1:] == [[match.pk for match in second]]
    clock.forward(days=1)
    sweeps.announce_what_waits()
    assert project_mails().count() == 2


def test_the_projects_mail_names_the_best_three(need):
    matches = matched(need, 5)
    announce.announce_new(need)
    mail = project_mails().get()
    assert mail.refers_to["matches"] == [match.pk for match in matches[:3]]
    named = [match.actor.name in mail.body_text.split("\n* ")[place + 1] for place, match in enumerate(matches[:3])]
    assert named == [True, True, True]


def test_a_refused_pair_is_mailed_to_nobody(need):
    refused, kept = matched(need, 2)
    Refusal.objects.create(need=need, actor=refused.actor, by_actor=True, reason="no_time")
    announce.announce_new(need)
    assert told_actors() == [kept.actor_id]
    assert project_mails().get().refers_to["matches"] == [kept.pk]
    refused.refresh_from_db()
    assert refused.solicited_at is None


@pytest.mark.parametrize(("band", "told"), [(Band.STRONG, 1), (Band.GOOD, 1), (Band.EXPLORE, 0)])
def test_only_strong_and_good_matches_are_mailed(need, band, told):
    matched(need, band=band)
    announce.announce_new(need)
    assert len(told_actors()) == project_mails().count() == told
    assert bool(announce.needs_with_news()) is False


def test_a_match_that_is_not_current_is_mailed_to_nobody(need):
    matched(need, is_current=False)
    announce.announce_new(need)
    assert not OutgoingEmail.objects.exists()


def test_owners_and_editors_are_mailed_and_readers_are_not(need):
    actor, owner = network.owned_actor()
    editor, reader, gone = people.verified(), people.verified(), people.verified(is_active=False)
    network.join(editor, actor, Role.EDITOR)
    network.join(reader, actor, Role.READER)
    network.join(gone, actor, Role.OWNER)
    network.match(need, actor)
    announce.announce_new(need)
    told = OutgoingEmail.objects.filter(kind_code="needs_for_actor").values_list("address", flat=True)
    assert set(told) == {owner.email, editor.email}


def test_an_actor_without_people_waits_for_some(need, clock):
    actor = network.actor()
    network.match(need, actor)
    announce.announce_new(need)
    assert told_actors() == []
    network.join(people.verified(), actor)
    sweeps.announce_what_waits()
    assert told_actors() == [actor.pk]


def test_a_closed_need_is_announced_no_more(need):
    matched(need)
    need.state = NeedState.FILLED
    need.save()
    assert announce.needs_with_news() == []
    sweeps.announce_what_waits()
    assert not OutgoingEmail.objects.exists()
