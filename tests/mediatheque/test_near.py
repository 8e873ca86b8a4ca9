"""What a resource's page shows beside it, and what feed readers hear of."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Skill
from mediatheque.models import Resource
from mediatheque.search import indexing
from tests.factories import network, resources

pytestmark = pytest.mark.django_db
NEWS = "/mediatheque/nouveautes.rss"


def beside(resource: Resource, person=None) -> list[tuple[str, str]]:
    client = Client()
    if person is not None:
        client.force_login(person)
    panels = client.get(resource.get_absolute_url()).context["panels"]
    return [(row.title, row.reason) for panel in panels for row in panel.rows]


def news(**asked) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(Client().get(NEWS, asked).content).iter("item"))  # noqa: S314 - our own


def test_each_has_its_reason():
    skill = Skill.objects.exclude(parent=None).first()
    actor = network.actor()
    one = resources.resource(
        actor, title="Tenir les comptes d'une association", summary="Recettes, dépenses.", skills=[skill], themes=[4, 6]
    )
    resources.resource(actor, title="Avec la même compétence", summary="Zèbre.", skills=[skill])
    resources.resource(actor, title="Sur les mêmes thèmes", summary="Girafe.", themes=[4, 6])
    resources.resource(actor, title="Gérer le budget d'une association", summary="Dépenses et recettes.")
    resources.resource(actor, title="Un tout autre thème", summary="Hippopotame.", themes=[15])
    Resource.objects.exclude(title__startswith="Avec").exclude(pk=one.pk).update(skill_keys=[])
    for row in Resource.objects.exclude(title__startswith="Avec").exclude(pk=one.pk):
        row.skills.clear()
    indexing.index_all()
    shown = dict(beside(one))
    assert shown["Avec la même compétence"] == f"Même compétence : {skill.name}"
    assert shown["Sur les mêmes thèmes"] == "Même thème : Éducation de qualité"
    assert shown["Gérer le budget d'une association"] == "Sujet proche"
    assert "Un tout autre thème" not in shown


@pytest.mark.parametrize("state", ["draft", "waiting", "archived"])
def test_neither_hidden_ones_nor_itself_stand_beside_it_or_in_the_news(state, animator):
    actor, owner = network.owned_actor()
    one = resources.resource(actor, title="Le même titre", themes=[4])
    for number in range(8):
        resources.resource(actor, title="Le même titre", themes=[4], summary=f"Numéro {number}.")
    hidden = resources.resource(actor, title="Le même titre, caché", themes=[4], state=state)
    resources.resource(network.actor(state="suspended"), title="Le même titre, caché", themes=[4])
    indexing.index_all()
    for person in (None, owner, animator):
        shown = beside(one, person)
        assert len(shown) == 6
        assert hidden.title not in dict(shown)
    assert hidden.title not in [item.findtext("title") for item in news()]
    assert len(news(q="titre")) == 9


def test_the_feed_has_the_newest_first_and_narrows_as_the_list_does():
    actor = network.actor(name="Les <Passeurs> & Cie")
    old = resources.resource(actor, title="Un guide <b>&", kind="guide", themes=[6])
    Resource.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=3))
    new = resources.resource(actor, title="Une étude\x0b", kind="study", themes=[6])
    assert [item.findtext("title") for item in news()] == ["Une étude", "Un guide <b>&"]
    assert [item.findtext("guid") for item in news()] == [f"coexist-resource-{row.pk}" for row in (new, old)]
    assert [item.findtext("title") for item in news(kind="guide")] == ["Un guide <b>&"]
    assert [item.findtext("title") for item in news(theme="4")] == []
    assert "Publiée par Les <Passeurs> & Cie" in news()[0].findtext("description")
    assert Client().get(NEWS, {"kind": "nothing"}).status_code == 400


def test_a_reader_that_has_it_already_is_told_so():
    resources.resource(network.actor())
    first = Client().get(NEWS)
    assert Client().get(NEWS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    resources.resource(network.actor())
    assert Client().get(NEWS, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert reverse("resource-news") == NEWS
