"""Every version of a record is kept, with who and why; the administration tells it in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors import services
from actors.enums import ActorState
from actors.models import Actor, Contact, Offer, User
from coexist.common.history import recorded
from coexist.common.language.index import index_rows
from projects.models import Need, Project
from tests.factories import network, people

pytestmark = pytest.mark.django_db


def last(record):
    return type(record).history.filter(id=record.pk).latest()


def page(record) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[record.pk])


def test_a_decision_is_kept_with_its_reason_and_its_author(animator):
    actor, _owner = network.owned_actor(state=ActorState.WAITING)
    services.decide(actor=actor, state=ActorState.REFUSED, reason="Hors champ.", acting_user=animator)
    version = last(actor)
    assert (version.state, version.history_change_reason, version.history_user) == ("refused", "Hors champ.", animator)


def test_who_edits_on_the_site_is_known_from_the_request(client):
    actor, owner = network.owned_actor(city="Annemasse")
    client.force_login(owner)
    form = {"name": actor.name, "kind": "ngo", "country": "FR", "city": "Annecy"}
    assert client.post(reverse("actor-edit", args=[actor.slug]), form).status_code == 302
    version = last(actor)
    assert (version.city, version.history_user, version.history_change_reason) == ("Annecy", owner, "")


def test_blocks_stand_in_one_another():
    outer, inner = people.verified(), people.verified()
    actor = network.actor()
    with recorded(by=outer, why="Dehors"):
        with recorded(by=inner, why="Dedans"):
            actor.save()
        first = last(actor)
        with recorded(why="Sans auteur"):
            actor.save()
        second = last(actor)
    actor.save()
    told = [(version.history_user, version.history_change_reason) for version in (first, second, last(actor))]
    assert told == [(inner, "Dedans"), (outer, "Sans auteur"), (None, "")]


def test_derived_columns_are_not_kept_and_indexing_writes_no_version():
    actor = network.actor()
    offer = network.offer(actor)
    before = Actor.history.count(), Offer.history.count()
    index_rows([actor, offer])
    assert (Actor.history.count(), Offer.history.count()) == before
    for model in (Actor, Offer, Project, Need):
        kept = {field.name for field in model.history.model._meta.fields}
        assert not kept & {"vector", "stems", "index_key", "search", "name_key", "approved_version", "reach"}


def test_the_author_is_forgotten_with_the_account_and_the_version_stays(animator):
    actor = network.actor()
    with recorded(by=animator):
        actor.save()
    User.objects.filter(pk=animator.pk).delete()
    assert last(actor).history_user is None


def test_reading_costs_nothing_more(client):
    actor = network.actor()
    client.get(actor.get_absolute_url())
    with CaptureQueriesContext(connection) as caught:
        client.get(actor.get_absolute_url())
    assert not [query for query in caught if "historical" in query["sql"]]


# Told in words ----------------------------------------------------------------------------------


def test_an_actors_page_tells_its_offers_people_and_reasons_too(client, animator):
    actor, owner = network.owned_actor(state=ActorState.WAITING, name="Passeurs d'eau", territories=["74"])
    offer = network.offer(actor, "Relire des statuts")
    contact = Contact.objects.create(actor=actor, name="Awa Diop")
    with recorded(by=owner):
        actor.territories, actor.summary = ["74", "SN"], "Nous forons <b>des puits</b>."
        actor.save()
        contact.delete()
    services.save_offer(offer=offer, skills=None, acting_user=owner)
    services.decide(actor=actor, state=ActorState.APPROVED, reason="Bienvenue !", acting_user=animator)
    client.force_login(animator)
    html = client.get(page(actor)).content.decode()
    for told in (
        "Bienvenue !", "<del>en attente de validation</del> → <ins>validé</ins>", "offre « Relire des statuts »",
        "retrait", "contact « Awa Diop »", f"membre « {owner} »", "<ins>Haute-Savoie (74), Sénégal</ins>",
        "Nous forons &lt;b&gt;des puits&lt;/b&gt;.",
    ):  # fmt: skip
        assert told in html, told


def test_a_long_history_is_paginated_in_a_fixed_number_of_queries(client, animator):
    actor = network.actor()
    client.force_login(animator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page(actor)).status_code == 200
        return len(caught)

    queries()
    for number in range(3):
        with recorded(by=people.verified()):
            actor.city = f"Ville {number}"
            actor.save()
            network.offer(actor, f"Offre {number}")
            network.join(people.verified(), actor)
    few = queries()
    for number in range(40):
        with recorded(by=people.verified()):
            actor.city = f"Commune {number}"
            actor.save()
            network.offer(actor, f"Offre {number}")
            network.join(people.verified(), actor)
    assert queries() == few <= 25
    html = client.get(page(actor)).content.decode()
    assert html.count("story-head") == 25
    assert "Commune 39" in html
    for number in ("2", "9999", "x", "-1", ""):
        assert client.get(page(actor), {"page": number}).status_code == 200


def test_what_a_version_points_to_may_be_gone(client, animator):
    actor = network.actor()
    network.join(gone := people.verified(), actor)
    gone.delete()
    client.force_login(animator)
    assert "(effacé)" in client.get(page(actor)).content.decode()


@pytest.mark.parametrize("make", [network.offer, network.project])
def test_other_records_tell_theirs(client, animator, make):
    record = make(network.actor())
    client.force_login(animator)
    assert "ajout" in client.get(page(record)).content.decode()


def test_the_history_is_for_who_may_see_the_record(client):
    actor = network.actor()
    client.force_login(people.verified(is_staff=True))
    assert client.get(page(actor)).status_code == 403
