"""What is lent is an offer of its publisher: made, changed and taken away with the resource, and never doubled."""

import pytest

from actors.changes import snapshot
from actors.models import Offer, Skill
from actors.services import delete_offer
from mediatheque import services, tasks
from mediatheque.models import Resource
from projects.matching.models import MatchingDue
from projects.matching.run import match_need
from tests.access.crawl import client_of
from tests.factories import network, people, resources

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return network.owned_actor()[0]


def decide(resource, to, why="Un motif."):
    resource.refresh_from_db()
    services.decide(resource=resource, to=to, why=why, seen=resource.updated_at, acting_user=people.animator())


def save(resource, **fields):
    resource = Resource.objects.get(pk=resource.pk)
    for name, value in fields.items():
        setattr(resource, name, value)
    return services.save_resource(resource=resource, skills=list(resource.skills.all()), acting_user=None)


def test_publishing_makes_the_offer_and_archiving_takes_it_away(publisher):
    resource = resources.lent(publisher, state="waiting", title="Chemins d'eau")
    assert not Offer.objects.exists()
    decide(resource, "published")
    offer = Offer.objects.get()
    assert (offer.title, offer.kind, offer.modes) == ("Exposition à emprunter : Chemins d'eau", "equipment", ["loan"])
    assert (offer.actor, offer.resource) == (publisher, resource)
    assert "Douze panneaux" in offer.detail
    decide(resource, "published")
    assert Offer.objects.get() == offer
    services.move(resource=resource, to="archived", acting_user=publisher.members.get())
    assert not Offer.objects.exists()
    assert Resource.objects.get().offer is None


def test_the_offer_says_what_the_resource_says(publisher):
    skill = Skill.objects.create(code="essai", name_fr="Essai", name_en="Trial")
    resource = resources.lent(publisher, title="Chemins d'eau")
    offer = Offer.objects.get()
    resource.skills.set([skill])
    save(resource, title="Sur la route", kind="equipment")
    changed = Offer.objects.get()
    assert (changed.pk, changed.title) == (offer.pk, "Matériel à emprunter : Sur la route")
    assert list(changed.skills.all()) == [skill]
    save(resource, kind="report")
    assert not Offer.objects.exists()


def test_a_page_loaded_before_the_publication_doubles_nothing(publisher):
    """Somebody edits what they loaded as a draft, while the animators publish it."""
    resource = resources.lent(publisher, state="waiting")
    stale = Resource.objects.get(pk=resource.pk)
    decide(resource, "published")
    stale.summary = "Corrigé."
    services.save_resource(resource=stale, skills=[], acting_user=None)
    assert Resource.objects.get().state == "published"
    assert Offer.objects.get().resource == resource


@pytest.mark.parametrize("fields", [{"kind": "guide"}, {"loan": ""}])
def test_what_is_not_lent_makes_no_offer(publisher, fields):
    resources.lent(publisher, **fields)
    assert not Offer.objects.exists()


def test_matching_hears_of_it_and_proposes_it(publisher):
    need = network.need(
        network.project(network.actor()), "Une exposition à emprunter sur les chemins de l'eau", kind="equipment",
        modes=["loan"],
    )  # fmt: skip
    resources.lent(publisher, title="Chemins d'eau, exposition à emprunter", summary="Sur les chemins de l'eau.")
    assert MatchingDue.objects.filter(subject="actor", subject_id=publisher.pk).exists()
    network.read(publisher)  # as the worker does
    match_need(need)
    match = need.matches.get()
    assert (match.actor, match.offer) == (publisher, Offer.objects.get())


def test_animators_do_not_read_it_a_second_time_as_a_changed_profile(publisher):
    publisher.approved_version = snapshot(publisher)
    publisher.save()
    resources.lent(publisher)
    publisher.refresh_from_db()
    assert publisher.changed_at is None


def test_it_stands_on_the_actor_s_page_and_is_changed_on_the_resource_s(publisher):
    resource = resources.lent(publisher, title="Chemins d'eau")
    owner, offer = client_of(publisher.members.get()), Offer.objects.get()
    html = owner.get(publisher.get_absolute_url()).content.decode()
    assert "Exposition à emprunter : Chemins d&#x27;eau" in html
    assert f"/offres/{offer.pk}/modifier/" not in html
    for page in ("modifier", "retirer"):
        assert owner.post(f"/offres/{offer.pk}/{page}/").url == resource.get_absolute_url()
    assert Offer.objects.exists()


def test_a_night_repairs_what_is_missing_or_too_much(publisher):
    missing, wrong = resources.lent(publisher), resources.lent(publisher)
    delete_offer(offer=Offer.objects.get(resource=missing), acting_user=None)
    Resource.objects.filter(pk=wrong.pk).update(state="archived")
    tasks.repair_lists()
    assert Offer.objects.get().resource == missing
    tasks.repair_lists()
    assert Offer.objects.count() == 1
