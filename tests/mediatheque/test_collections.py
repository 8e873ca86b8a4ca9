"""Collections: what is public of them, their order, where they are named, how animators write them."""

import pytest
from django.urls import reverse

from mediatheque.models import Collection
from tests.access.crawl import client_of
from tests.factories import network, people, resources

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return network.actor()


def text_of(address, person=None) -> str:
    return client_of(person).get(address).content.decode()


def test_steps_stand_in_their_order_without_what_is_not_public(publisher):
    first, last = resources.resource(publisher, title="Premier pas"), resources.resource(publisher, title="Dernier pas")
    hidden = resources.resource(publisher, title="Pas caché", state="draft")
    gone = resources.resource(network.actor(state="suspended"), title="Pas suspendu")
    made = resources.collection(first, hidden, gone, last, introduction="**Bonjour** <script>")
    for person in (None, people.animator()):
        html = text_of(made.get_absolute_url(), person)
        assert html.index("Premier pas") < html.index("Un mot sur Dernier pas")
        assert "caché" not in html
        assert "suspendu" not in html
        assert "<strong>Bonjour</strong>" in html
        assert "<script>" not in html.partition("<strong>Bonjour")[2][:40]
    listed = client_of(None).get(reverse("collection-list")).context["rows"]
    assert [(row, row.public_steps) for row in listed] == [(made, 2)]


def test_it_is_named_on_its_resources_and_on_the_first_page_of_the_library(publisher):
    resource, other = resources.resource(publisher), resources.resource(publisher)
    for number in range(8):
        resources.collection(resource, title=f"Parcours numéro {number}")
    resources.collection(resource, title="En brouillon", is_published=False)
    html = text_of(resource.get_absolute_url())
    assert "Dans ces parcours" in html
    assert "En brouillon" not in html
    assert "Dans ces parcours" not in text_of(other.get_absolute_url())
    library = reverse("resource-list")
    assert text_of(library).count("Parcours numéro") == 6
    assert "Parcours numéro" not in text_of(f"{library}?q=guide")


def test_an_animator_writes_one_and_puts_its_steps_in_order(publisher):
    one, two = resources.resource(publisher, title="Un"), resources.resource(publisher, title="Deux")
    client = client_of(people.animator())
    sent = {
        "title": "Par où commencer", "summary": "Deux lectures.", "introduction": "Bonjour.", "is_published": "on",
        "steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0, "steps-MIN_NUM_FORMS": 0, "steps-MAX_NUM_FORMS": 40,
        "steps-0-resource": one.pk, "steps-0-position": 20, "steps-0-comment": "Ensuite.",
        "steps-1-resource": two.pk, "steps-1-position": 10, "steps-1-comment": "D'abord.",
    }  # fmt: skip
    answer = client.post(reverse("admin:mediatheque_collection_add"), sent)
    assert answer.status_code == 302, answer.context["errors"]
    made = Collection.objects.get()
    assert (made.slug, made.published_at is not None) == ("par-ou-commencer", True)
    assert list(made.steps.values_list("position", "resource__title")) == [(1, "Deux"), (2, "Un")]
    doubled = sent | {"title": "Encore", "steps-1-resource": one.pk}
    refused = client.post(reverse("admin:mediatheque_collection_add"), doubled)
    assert (refused.status_code, Collection.objects.count()) == (200, 1)


def test_a_collection_never_takes_the_address_of_a_page():
    publisher = network.actor()
    assert resources.resource(publisher, title="Parcours").slug == "parcours-2"
    assert resources.resource(publisher, title="Prêts").slug == "prets-2"
