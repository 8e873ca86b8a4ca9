"""Two actors become one: everything of both is kept, counted before and after, whoever clicks how often."""

from datetime import timedelta

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from actors import merging
from actors.enums import ActorState, Role
from actors.imports.models import ImportLine, ImportRun, Provenance
from actors.merging import ABSORBED, BOTH, KEPT, MergeError, merge
from actors.models import (
    Actor,
    ActorDecision,
    Contact,
    Invitation,
    Membership,
    MembershipClaim,
    MembershipEvent,
    Offer,
)
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from events.campaigns.models import Campaign, Coordination
from events.campaigns.models import Support as CampaignSupport
from events.imports.models import CalendarSource
from events.models import Event
from mediatheque.models import LoanRequest, Resource
from projects.achievements.models import Appraisal, Contribution
from projects.enums import ProjectState
from projects.following.models import Party
from projects.matching.enums import Channel, Subject
from projects.matching.models import Match, MatchingDue, Refusal, Solicitation
from projects.models import Need, Project
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.support.models import ExpertOffer, SupportChange, SupportRequest
from tests.factories import (
    achievements,
    calendars,
    campaigns,
    events,
    joining,
    mails,
    network,
    people,
    resources,
    support,
)

pytestmark = pytest.mark.django_db
ROWS = (
    Offer, Contact, Membership, MembershipEvent, MembershipClaim, Invitation, ActorDecision, Provenance, ImportLine,
    Project, Need, Match, Refusal, Introduction, Solicitation, Party, Contribution, Appraisal,
    ExpertOffer, SupportRequest, SupportChange, Event, CalendarSource,
    Coordination, CampaignSupport,
    Resource, LoanRequest,
)  # fmt: skip


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def full(name: str, need: Need, **fields) -> Actor:
    """An actor with a row of every kind that may point to one."""
    actor, owner = network.owned_actor(name=name, **fields)
    network.join(people.verified(), actor, Role.READER)
    offer = network.offer(actor, f"Offre de {name}")
    Contact.objects.create(actor=actor, name=f"Contact de {name}", email="a@puits.example")
    ActorDecision.objects.create(actor=actor, state=actor.state, reason="Bienvenue")
    MembershipEvent.objects.create(actor=actor, what="joined", person=owner, by=owner)
    joining.invitation(actor, by=owner)
    joining.claim(actor, people.verified())
    run = ImportRun.objects.create(source=f"Liste de {name}", obtained_on=timezone.localdate(), headings=[])
    Provenance.objects.create(actor=actor, run=run, source=run.source, obtained_on=run.obtained_on)
    run.lines.create(number=1, actor=actor)
    network.need(network.project(actor))
    network.match(need, actor, offer=offer)
    other = network.need(need.project)
    Refusal.objects.create(need=other, actor=actor, by_actor=True, reason="no_time", user=owner)
    network.introduction(network.need(need.project), actor)
    Solicitation.objects.create(need=need, actor=actor, person=owner, channel=Channel.PROPOSAL)
    told = achievements.achievement(actor, network.actor())
    achievements.appraisal(told, actor)
    support.offers(actor, f"kind {actor.pk}", sentence="A")
    support.request(actor, expert=network.actor())
    support.reference(actor, network.actor())
    events.event(actor)
    calendars.source(actor)
    resources.resource(actor)
    resources.loan(resources.lent(other.project.lead), actor)
    events.event(other.project.lead).co_organisers.add(actor)
    week = Campaign.objects.first() or campaigns.campaign()
    campaigns.coordination(week, actor, f"{actor.pk % 1000}")
    campaigns.support(week, actor=actor)
    return actor


@pytest.fixture
def ngo_need():
    return network.need(network.project(network.actor(name="Une ONG")))


@pytest.fixture
def pair(ngo_need):
    return full("Gardé", ngo_need), full("Absorbé", network.need(ngo_need.project))


def join(kept, absorbed, animator, **choices):
    return merge(kept=kept, absorbed=absorbed, choices=choices, acting_user=animator)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ROWS}


def pointing_to(actor: Actor) -> dict[str, int]:
    found = {relation.related_model: relation for relation in merging._relations()}
    return {
        model.__name__: count
        for model, relation in found.items()
        if (count := model.objects.filter(**{relation.field.name: actor}).count())
    }


# Everything is kept -----------------------------------------------------------------------------


def test_every_row_of_both_is_kept_and_points_to_the_kept_one(pair, animator):
    kept, absorbed = pair
    tied = {relation.related_model for relation in merging._relations()}
    assert set(pointing_to(absorbed)) >= {model.__name__ for model in tied}, "a row of each kind must be planted"
    before, mine, theirs = counts(), pointing_to(kept), pointing_to(absorbed)
    assert join(kept, absorbed, animator) == kept
    assert counts() == before | {"ActorDecision": before["ActorDecision"] + 1}  # why the absorbed one is archived
    assert pointing_to(kept) == {name: mine[name] + theirs[name] for name in mine}
    assert pointing_to(absorbed) == {"ActorDecision": 1}


def test_the_absorbed_one_is_archived_and_leads_to_the_kept_one(pair, animator):
    kept, absorbed = pair
    join(kept, absorbed, animator)
    absorbed = fresh(absorbed)
    assert (absorbed.state, absorbed.merged_into) == (ActorState.ARCHIVED, kept)
    assert absorbed.decisions.get().reason == "Fusionné avec Gardé"


def test_a_second_run_changes_nothing(pair, animator):
    kept, absorbed = pair
    join(kept, absorbed, animator, name=KEPT)
    after, versions = counts(), Actor.history.count()
    assert join(kept, absorbed, animator, name=ABSORBED) is None
    assert (counts(), Actor.history.count(), fresh(kept).name) == (after, versions, "Gardé")


def test_history_of_both_is_told_on_the_kept_ones_page(client, pair, animator):
    kept, absorbed = pair
    absorbed.city = "Ville de jadis"
    absorbed.save()
    join(kept, absorbed, animator)
    offer = Offer.history.filter(title="Offre de Absorbé").latest()
    assert (offer.actor_id, offer.history_user, offer.history_change_reason) == (
        kept.pk, animator, "Fusion avec Absorbé"
    )  # fmt: skip
    client.force_login(animator)
    html = client.get(reverse("admin:actors_actor_history", args=[kept.pk])).content.decode()
    assert "Fusionné avec Gardé" in html
    assert "Ville de jadis" in html


def test_an_error_half_way_leaves_everything_as_it_was(pair, animator, monkeypatch):
    kept, absorbed = pair
    before = counts(), pointing_to(kept), pointing_to(absorbed), OutgoingEmail.objects.count()
    monkeypatch.setattr(merging, "tell_merge", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        join(kept, absorbed, animator)
    assert (counts(), pointing_to(kept), pointing_to(absorbed), OutgoingEmail.objects.count()) == before
    assert fresh(absorbed).merged_into is None


# The profile ------------------------------------------------------------------------------------


def test_each_part_is_chosen_and_lists_may_be_joined(animator):
    kept = network.actor(
        name="Puits", summary="Court.", city="Annecy", postcode="74000", territories=["74"], themes=[6]
    )
    absorbed = network.actor(
        name="Puits du Sahel", summary="Long.", city="Genève", postcode="1200", country="CH", territories=["SN", "74"],
        themes=[17],
    )  # fmt: skip
    join(kept, absorbed, animator, name=ABSORBED, summary=KEPT, place=ABSORBED, territories=BOTH, themes=ABSORBED)
    kept = fresh(kept)
    assert (kept.name, kept.summary, kept.city, kept.postcode, kept.country.code) == (
        "Puits du Sahel", "Court.", "Genève", "1200", "CH"
    )  # fmt: skip
    assert (kept.territories, kept.themes) == (["74", "SN"], [17])


def test_what_is_not_chosen_fills_the_gaps(animator):
    kept = network.actor(summary="Le nôtre.", languages=["fr"])
    absorbed = network.actor(
        summary="Le leur.", website="https://puits.example", registration_kind="siren",
        registration_number="732829320", logo="logos/a.png", languages=["wo"],
    )  # fmt: skip
    join(kept, absorbed, animator)
    kept, absorbed = fresh(kept), fresh(absorbed)
    assert (kept.summary, kept.website, kept.registration_number) == (
        "Le nôtre.", "https://puits.example", "732829320"
    )  # fmt: skip
    assert kept.languages == ["fr", "wo"]
    assert (kept.logo.name, absorbed.logo.name) == ("logos/a.png", "")


# People -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "there", "then"),
    [
        (Role.READER, Role.OWNER, Role.OWNER),
        (Role.OWNER, Role.READER, Role.OWNER),
        (Role.READER, Role.EDITOR, Role.EDITOR),
    ],
)
def test_who_was_in_both_has_the_higher_role(animator, here, there, then):
    (kept, _owner), (absorbed, _other) = network.owned_actor(), network.owned_actor()
    person = people.verified()
    network.join(person, kept, here)
    network.join(person, absorbed, there)
    join(kept, absorbed, animator)
    assert Membership.objects.get(user=person).role == then
    assert kept.memberships.count() == 3


def test_owners_of_both_are_told_once(animator):
    (kept, one), (absorbed, other) = network.owned_actor(name="Puits"), network.owned_actor(name="Forages")
    network.join(one, absorbed)
    network.join(people.verified(), absorbed, Role.EDITOR)
    for _run in range(2):
        join(kept, absorbed, animator)
    told = OutgoingEmail.objects.filter(kind_code="actors_merged")
    assert {mail.recipient for mail in told} == {one, other}
    assert told.count() == 2
    assert "« Forages » et « Puits »" in told[0].body_text


# Projects and what follows them -----------------------------------------------------------------


def test_projects_that_waited_are_published_with_an_approved_lead(animator):
    kept, absorbed = network.actor(), network.actor(state=ActorState.WAITING)
    project = network.project(absorbed, state=ProjectState.WAITING)
    network.need(project, state="waiting")
    join(kept, absorbed, animator)
    assert (fresh(project).state, fresh(project).lead) == (ProjectState.PUBLISHED, kept)


def test_nobody_stays_matched_or_in_touch_with_their_own_need(animator):
    kept, absorbed = network.actor(), network.actor()
    mine, theirs = network.need(network.project(kept)), network.need(network.project(absorbed))
    network.match(mine, absorbed)
    network.match(theirs, kept)
    asked, accepted = network.introduction(mine, absorbed), network.introduction(
        theirs, kept, state=IntroductionState.ACCEPTED, reply="Avec plaisir."
    )  # fmt: skip
    join(kept, absorbed, animator)
    assert not Match.objects.exists()
    assert {fresh(asked).state, fresh(accepted).state} == {IntroductionState.DECLINED}
    assert fresh(accepted).reply == "Avec plaisir.\n\nLes deux acteurs n'en font plus qu'un."


def test_of_two_matches_with_one_need_the_better_stays_with_the_dates_of_both(ngo_need, animator):
    kept, absorbed = network.actor(), network.actor()
    asked_on = timezone.now() - timedelta(days=2)
    network.match(ngo_need, kept, score=2.0, solicited_at=asked_on)
    better = network.match(ngo_need, absorbed, score=8.0)
    join(kept, absorbed, animator)
    match = Match.objects.get()
    assert (match.pk, match.actor, match.score, match.solicited_at) == (better.pk, kept, 8.0, asked_on)


def test_a_match_out_of_date_never_wins(ngo_need, animator):
    kept, absorbed = network.actor(), network.actor()
    network.match(ngo_need, absorbed, score=8.0, is_current=False)
    current = network.match(ngo_need, kept, score=2.0)
    join(kept, absorbed, animator)
    assert Match.objects.get() == current


def test_both_refusals_become_one_with_the_words_of_both(ngo_need, animator):
    kept, absorbed = network.actor(), network.actor()
    for actor, text in ((kept, "Trop loin."), (absorbed, "Pas le temps.")):
        Refusal.objects.create(need=ngo_need, actor=actor, by_actor=True, reason="other", text=text)
    join(kept, absorbed, animator)
    assert Refusal.objects.get().text == "Trop loin.\nPas le temps."


def test_two_live_introductions_for_one_need_are_both_kept_and_one_is_live(ngo_need, animator):
    kept, absorbed = network.actor(), network.actor()
    asked = network.introduction(ngo_need, kept, message="Bonjour")
    accepted = network.introduction(ngo_need, absorbed, side=Side.PROJECT, state=IntroductionState.ACCEPTED)
    join(kept, absorbed, animator)
    assert Introduction.objects.filter(actor=kept).count() == 2
    assert (fresh(accepted).state, fresh(asked).state) == (IntroductionState.ACCEPTED, IntroductionState.DECLINED)
    assert fresh(asked).message == "Bonjour"


def test_proposals_not_sent_yet_are_still_wanted(animator):
    (kept, _owner), (absorbed, person) = network.owned_actor(), network.owned_actor()
    match = network.match(network.need(network.project(network.actor())), absorbed)
    mail = mails.alert(person, match)
    assert mail.kind.still_wanted(mail)
    join(kept, absorbed, animator)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert mail.kind.still_wanted(mail)


def test_the_kept_one_is_matched_anew_and_the_other_never_again(pair, animator):
    kept, absorbed = pair
    MatchingDue.ask(Subject.ACTOR, absorbed)
    join(kept, absorbed, animator)
    due = MatchingDue.objects.filter(subject=Subject.ACTOR, subject_id__in=[kept.pk, absorbed.pk])
    assert list(due.values_list("subject_id", flat=True)) == [kept.pk]


# What cannot be ---------------------------------------------------------------------------------


def test_the_approved_one_is_kept(animator):
    with pytest.raises(MergeError, match="validé"):
        join(network.actor(state=ActorState.WAITING), network.actor(), animator)


def test_no_actor_is_merged_with_itself_or_twice(animator):
    one, other, third = network.actor(), network.actor(), network.actor()
    with pytest.raises(MergeError):
        join(one, one, animator)
    join(one, other, animator)
    for kept, absorbed in ((third, other), (other, third)):
        with pytest.raises(MergeError):
            join(kept, absorbed, animator)


def test_a_chain_leads_straight_to_the_last(client, animator):
    first, second, third = network.actor(slug="un"), network.actor(slug="deux"), network.actor(slug="trois")
    join(second, first, animator)
    join(third, second, animator)
    assert fresh(first).merged_into == third
    answer = client.get("/acteurs/un/")
    assert (answer.status_code, answer["Location"]) == (301, "/acteurs/trois/")


def test_the_old_address_of_a_hidden_actor_tells_nothing(client, animator):
    kept, absorbed = network.actor(state=ActorState.WAITING), network.actor(state=ActorState.DRAFT, slug="jadis")
    join(kept, absorbed, animator)
    assert client.get("/acteurs/jadis/").status_code == 404
    client.force_login(animator)
    assert client.get("/acteurs/jadis/").status_code == 301


def test_what_one_person_asked_of_both_waits_once(animator):
    kept, absorbed = network.owned_actor(name="Gardé")[0], network.owned_actor(name="Absorbé")[0]
    person = people.verified()
    mine = [joining.claim(kept, person), joining.invitation(kept, email="a@test.example")[0]]
    theirs = [joining.claim(absorbed, person), joining.invitation(absorbed, email="a@test.example")[0]]
    join(kept, absorbed, animator)
    assert [fresh(mine[0]).state, fresh(theirs[0]).state] == ["waiting", "declined"]
    assert [fresh(mine[1]).revoked_at is None, fresh(theirs[1]).revoked_at is None] == [True, False]


def test_a_model_that_points_to_actors_is_moved_or_planted():
    """A new one makes the first test of this file fail until it is planted there; this says which are known."""
    known = {model.__name__ for model in ROWS} - {"Need"}
    assert {relation.related_model.__name__ for relation in merging._relations()} == known
    assert all(isinstance(relation, models.ForeignObjectRel) for relation in merging._relations())


def test_both_are_shown_side_by_side_with_what_is_theirs(client, animator, pair):
    client.force_login(animator)
    address = reverse("admin:actors_actor_merge", args=[one.pk for one in pair])
    html = client.get(address).content.decode()
    for told in ("Gardé", "Absorbé", "1 offres", "2 membres", "1 projets", "1 correspondances", "1 mises en relation"):
        assert told in html, told
