""" "Besoin pourvu": mails that wait, matches, questions and calculations about it stop at once."""

from uuid import uuid4

import pytest

from coexist.common.mail.delivery import deliver
from coexist.common.mail.digests import send_due_digests
from coexist.common.mail.enums import Digest, MailState
from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState
from projects.matching import announce, run, sweeps
from projects.matching.enums import Subject
from projects.matching.models import Match, MatchingDue
from projects.models import Need
from projects.partnerships import services as introductions
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.services import IntroductionError
from projects.services import end_need
from projects.tasks import close_past_needs
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return network.owned_actor(name="Eau et Vie")[0]


@pytest.fixture
def need(lead):
    return network.need(network.project(lead), "Creuser un puits")


def fill(need) -> None:
    assert end_need(need=need, state=NeedState.FILLED, acting_user=None)


def proposed_to(person, *needs):
    """These needs, in one mail to the person of an actor."""
    actor = network.actor(owner=person)
    for place, each in enumerate(needs):
        network.match(each, actor, score=9.0 - place)
    announce.announce_actor(actor, list(needs))
    return actor


def mails(kind: str, state: str | None = None) -> list[OutgoingEmail]:
    rows = OutgoingEmail.objects.filter(kind_code=kind).order_by("pk")
    return list(rows.filter(state=state) if state else rows)


def test_mails_that_wait_are_cancelled_in_the_same_moment(need):
    proposed_to(people.verified(), need)
    proposed_to(people.verified(digest=Digest.WEEKLY), need)
    assert {mail.state for mail in mails("needs_for_actor")} == {MailState.QUEUED, MailState.HELD}
    assert len(mails("need_matches")) == 1
    fill(need)
    for mail in [*mails("needs_for_actor"), *mails("need_matches")]:
        assert (mail.state, mail.error) == (MailState.CANCELLED, "besoin termine")
        assert deliver(mail.pk) is None


def test_a_mail_that_has_left_keeps_its_state(need):
    proposed_to(people.verified(), need)
    OutgoingEmail.objects.update(state=MailState.SENT)
    fill(need)
    assert {mail.state for mail in OutgoingEmail.objects.all()} == {MailState.SENT}


def test_mails_of_other_needs_and_kinds_stay(need, lead):
    other = network.need(need.project, "Former une équipe")
    proposed_to(people.verified(), other)
    network.match(need, network.actor())
    fill(need)
    assert {mail.state for mail in OutgoingEmail.objects.all()} == {MailState.QUEUED}


@pytest.mark.parametrize("digest", [Digest.IMMEDIATE, Digest.DAILY])
def test_a_mail_that_proposes_another_need_too_is_written_again_without_the_ended_one(need, digest):
    other = network.need(need.project, "Former une équipe")
    person = people.verified(digest=digest)
    proposed_to(person, need, other)
    fill(need)
    first, second = mails("needs_for_actor")
    assert first.state == MailState.CANCELLED
    assert second.state == (MailState.QUEUED if digest == Digest.IMMEDIATE else MailState.HELD)
    assert (second.recipient, "Former une équipe" in second.body_text) == (person, True)
    assert "Creuser un puits" not in second.body_text + second.body_html + second.subject
    announce.announce_new(other)
    sweeps.announce_what_waits()
    assert len(mails("needs_for_actor")) == 2


def test_a_digest_that_waits_for_the_mail_server_is_written_again_without_it(need, clock):
    other, third = (network.need(need.project, title) for title in ("Former une équipe", "Tenir les comptes"))
    person = people.verified(digest=Digest.DAILY)
    for each in (other, need, third):  # the ended one in the middle: first and last stay the same
        proposed_to(person, each)
    clock.forward(days=1)
    assert send_due_digests() == 1
    (digest,) = mails("digest", MailState.QUEUED)
    assert "Creuser un puits" in digest.body_text
    fill(need)
    assert deliver(digest.pk) is None
    assert send_due_digests() == 1
    (anew,) = mails("digest", MailState.QUEUED)
    assert "Creuser un puits" not in anew.body_text
    assert "Former une équipe" in anew.body_text
    assert "Tenir les comptes" in anew.body_text
    assert anew.parts.count() == 2


def test_nothing_is_proposed_or_calculated_any_more(need):
    network.match(need, network.owned_actor()[0])
    MatchingDue.ask(Subject.NEED, need)
    fill(need)
    assert not Match.objects.filter(is_current=True).exists()
    assert not MatchingDue.objects.filter(subject=Subject.NEED, subject_id=need.pk).exists()
    assert announce.needs_with_news() == []
    sweeps.announce_what_waits()
    assert not OutgoingEmail.objects.exists()


def test_a_need_that_ends_while_it_is_matched_gets_no_match(need, monkeypatch):
    ranked = run.rank_actors

    def ends_meanwhile(*args):
        found = ranked(*args)
        fill(need)
        return found

    actor, _owner = network.owned_actor()
    network.offer(actor, need.title)
    run.index_actor(actor)
    assert len(run.match_need(need)) == 1
    monkeypatch.setattr(run, "rank_actors", ends_meanwhile)
    assert run.match_need(need) == []
    assert not Match.objects.filter(is_current=True).exists()


def test_what_the_project_asked_waits_for_no_answer_and_its_mail_does_not_leave(client, need):
    actor, owner = network.owned_actor()
    asked, _new = introductions.ask(need=need, actor=actor, side=Side.PROJECT, message="Bonjour", acting_user=None)
    fill(need)
    asked.refresh_from_db()
    assert asked.state == IntroductionState.WITHDRAWN
    assert [mail.state for mail in mails("introduction_asked")] == [MailState.CANCELLED]
    with pytest.raises(IntroductionError, match="n'est plus ouvert"):
        introductions.accept(introduction=asked, reply="", acting_user=owner)
    client.force_login(owner)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "attend plus de réponse" in page
    assert "declined" not in page


def test_what_an_actor_offered_can_still_be_answered(need):
    actor, _owner = network.owned_actor()
    offered, _new = introductions.ask(need=need, actor=actor, side=Side.ACTOR, message="Bonjour", acting_user=None)
    fill(need)
    offered.refresh_from_db()
    assert offered.state == IntroductionState.PROPOSED
    assert [mail.state for mail in mails("introduction_asked")] == [MailState.QUEUED]
    assert introductions.accept(introduction=offered, reply="Venez", acting_user=None).is_accepted


def test_the_end_of_its_last_day_stops_it_as_well(need):
    proposed_to(people.verified(digest=Digest.DAILY), need)
    Need.objects.filter(pk=need.pk).update(ends_on="2020-01-01")
    close_past_needs()
    close_past_needs()
    assert [mail.state for mail in mails("needs_for_actor")] == [MailState.CANCELLED]
    assert not Match.objects.filter(is_current=True).exists()


def test_many_waiting_mails_cost_few_queries(need, django_assert_max_num_queries):
    other = network.need(need.project, "Former une équipe")
    person = people.verified()
    waiting = network.match(other, network.actor(owner=person))
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(
            recipient=person, address=person.email, kind_code="needs_for_actor", dedupe_key=uuid4().hex, state="held",
            refers_to={"actor": waiting.actor_id, "matches": [waiting.pk], "user": person.pk},
        )
        for _mail in range(300)
    )  # fmt: skip
    with django_assert_max_num_queries(40):
        fill(need)
    assert OutgoingEmail.objects.filter(state="held").count() == 300
