""" "C'est mon organisation": the owners decide, or the animators where there is none."""

import pytest
from django.urls import reverse

from actors.joining import claims
from actors.models import MembershipClaim
from coexist.common.mail.models import OutgoingEmail
from tests.access.crawl import client_of
from tests.factories import joining, network

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def ask(person, actor, message: str = "J'en suis la trésorière."):
    return client_of(person).post(reverse("claim-create", args=[actor.slug]), {"message": message}, follow=True)


def test_the_owners_are_told_and_one_accepts_with_a_role(member):
    actor, owner = network.owned_actor(name="Passerelles")
    assert "Demande envoyée" in text(ask(member, actor))
    mail = OutgoingEmail.objects.get(kind_code="claim_made")
    assert (mail.recipient, "J'en suis la trésorière." in mail.body_text) == (owner, True)
    claim = MembershipClaim.objects.get()
    client = client_of(owner)
    assert "Demandes de rattachement" in text(client.get(reverse("actor-members", args=[actor.slug])))
    page = reverse("claim-detail", args=[claim.pk])
    client.post(page, {"role": "editor", "reason": "Bienvenue Alix", "accept": "1"})
    assert actor.memberships.get(user=member).role == "editor"
    assert "Bienvenue Alix" in OutgoingEmail.objects.get(kind_code="claim_answered", recipient=member).body_text
    assert list(actor.membership_events.order_by("pk").values_list("what", "by")) == [
        ("claimed", member.pk), ("joined", owner.pk),
    ]  # fmt: skip


def test_declining_needs_a_word_which_the_person_receives(member):
    actor, owner = network.owned_actor()
    claim = joining.claim(actor, member)
    page = reverse("claim-detail", args=[claim.pk])
    answer = client_of(owner).post(page, {"role": "editor", "reason": "", "decline": "1"})
    assert "reason" in answer.context["form"].errors
    client_of(owner).post(page, {"role": "editor", "reason": "Nous ne vous connaissons pas.", "decline": "1"})
    assert not actor.memberships.filter(user=member).exists()
    assert "Nous ne vous connaissons pas." in OutgoingEmail.objects.get(kind_code="claim_answered").body_text


def test_the_second_of_two_answers_changes_nothing(member):
    actor, owner = network.owned_actor()
    claim = joining.claim(actor, member)
    claims.decline(claim=claim, reason="Non", acting_user=owner)
    answer = client_of(owner).post(
        reverse("claim-detail", args=[claim.pk]), {"role": "owner", "reason": "", "accept": "1"}, follow=True
    )
    assert "a déjà reçu une réponse" in text(answer)
    assert not actor.memberships.filter(user=member).exists()


def test_asking_twice_is_asking_once(member):
    actor, _owner = network.owned_actor()
    ask(member, actor)
    assert "elle attend une réponse" in text(ask(member, actor))
    assert claims.claim(actor=actor, message="Encore", acting_user=member)[1] is False
    assert OutgoingEmail.objects.filter(kind_code="claim_made").count() == 1


def test_after_a_refusal_one_may_ask_again(member):
    actor, owner = network.owned_actor()
    claims.decline(claim=joining.claim(actor, member), reason="Non", acting_user=owner)
    ask(member, actor)
    assert MembershipClaim.objects.waiting().count() == 1


def test_a_member_has_nothing_to_claim():
    actor, owner = network.owned_actor()
    assert "déjà membre" in text(ask(owner, actor))
    assert not MembershipClaim.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "archived", "draft", "waiting", "refused"])
def test_what_is_not_public_is_not_claimed(member, state):
    actor = network.actor(state=state)
    assert ask(member, actor).status_code == 404
    assert not MembershipClaim.objects.exists()


def test_a_claim_on_an_actor_suspended_meanwhile_waits(member, animator):
    actor = network.actor()
    claim = joining.claim(actor, member)
    actor.state = "suspended"
    actor.save()
    page = reverse("admin:actors_membershipclaim_decide", args=[claim.pk])
    answer = client_of(animator).post(page, {"role": "owner", "reason": "Oui", "accept": "1"}, follow=True)
    assert "la demande attend" in text(answer)
    assert not actor.memberships.exists()


@pytest.mark.parametrize("message", ["", "   ", "x" * 2001, "a\x00b"])
def test_a_message_that_cannot_be_kept_is_refused(member, message):
    actor = network.actor()
    answer = ask(member, actor, message)
    assert "message" in answer.context["form"].errors
    assert not MembershipClaim.objects.exists()


# No owner: the animators ----------------------------------------------------------------------


def test_animators_find_and_answer_claims_on_actors_without_an_owner(member, animator):
    actor = network.actor(name="Association importée")
    assert "l'équipe d'animation décide" in text(client_of(member).get(reverse("claim-create", args=[actor.slug])))
    ask(member, actor)
    client = client_of(animator)
    assert "Une demande de rattachement attend une décision" in text(client.get(reverse("dashboard")))
    queue = text(client.get(reverse("admin:actors_membershipclaim_changelist")))
    page = reverse("admin:actors_membershipclaim_decide", args=[MembershipClaim.objects.get().pk])
    assert page in queue
    assert client.post(page, {"role": "owner", "reason": "", "accept": "1"}).status_code == 200, "a reason is needed"
    client.post(page, {"role": "owner", "reason": "Vérifié par téléphone.", "accept": "1"})
    assert actor.memberships.get(user=member).role == "owner"
    assert "Vérifié par téléphone." in OutgoingEmail.objects.get(kind_code="claim_answered").body_text


def test_an_owner_who_closed_the_account_hands_the_claim_to_the_animators(member, animator):
    actor, owner = network.owned_actor()
    claim = joining.claim(actor, member)
    page = reverse("admin:actors_membershipclaim_decide", args=[claim.pk])
    assert client_of(animator).get(page).status_code == 403
    owner.is_active = False
    owner.save()
    assert client_of(animator).get(page).status_code == 200
