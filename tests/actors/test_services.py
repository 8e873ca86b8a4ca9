"""Writing actors: states, decisions, what is told to whom."""

import pytest

from actors import services
from actors.enums import ActorState
from actors.models import ActorDecision
from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState, ProjectState
from projects.matching.models import MatchingDue
from tests.factories import network, people

pytestmark = pytest.mark.django_db


def test_approval_is_audited_mailed_and_publishes_what_waited(animator):
    actor, owner = network.owned_actor(state=ActorState.WAITING)
    project = network.project(actor, state=ProjectState.WAITING)
    need = network.need(project, state=NeedState.WAITING)

    services.decide(actor=actor, state=ActorState.APPROVED, reason="Bienvenue", acting_user=animator)

    actor.refresh_from_db()
    project.refresh_from_db()
    need.refresh_from_db()
    assert (actor.state, project.state, need.state) == ("approved", "published", "published")
    assert list(ActorDecision.objects.values_list("state", "reason", "by")) == [("approved", "Bienvenue", animator.pk)]
    mail = OutgoingEmail.objects.get()
    assert mail.address == owner.email
    assert "Bienvenue" in mail.body_text
    assert set(MatchingDue.objects.values_list("subject", "subject_id")) == {("need", need.pk), ("actor", actor.pk)}


def test_the_same_decision_twice_writes_and_mails_once(animator):
    actor, _owner = network.owned_actor(state=ActorState.WAITING)
    services.decide(actor=actor, state=ActorState.REFUSED, reason="Hors du champ", acting_user=animator)
    assert services.decide(actor=actor, state=ActorState.REFUSED, reason="Encore", acting_user=animator) is None
    assert OutgoingEmail.objects.count() == 1


def test_only_a_draft_or_sent_back_profile_can_be_submitted():
    actor, owner = network.owned_actor(state=ActorState.APPROVED)
    with pytest.raises(services.StateError):
        services.submit_actor(actor=actor, acting_user=owner)


def test_skills_are_read_in_the_title_unless_chosen():
    actor, owner = network.owned_actor()
    offer = network.offer(actor, title="Réparer une pompe solaire")
    services.save_offer(offer=offer, skills=[], acting_user=people.verified())
    assert list(offer.skills.all()) == []
    services.save_offer(offer=offer, skills=None, acting_user=owner)
    assert offer.skills.exists()
