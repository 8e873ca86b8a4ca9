"""One sentence, both sides: who is found, in which words it leads on, what counts count, what stays hidden."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, Offer, Skill
from coexist.common.language.index import index_rows
from coexist.common.lists import SEARCHES
from projects.models import Need
from tests.access.crawl import client_of
from tests.access.planted import CONTACT, PLACE, THEME, WORD, plant
from tests.factories import network, people

pytestmark = pytest.mark.django_db

PAGE = reverse("search")
SENTENCE = "nous cherchons quelqu'un pour relire nos statuts"


def offering(name: str, title: str, **fields) -> Actor:
    offer = {key: fields.pop(key) for key in ("modes", "offer_kind", "skills") if key in fields}
    actor = network.actor(name=name, summary="", **fields)
    network.offer(actor, title, kind=offer.pop("offer_kind", "skill"), **offer)
    return actor


def needing(title: str, *, themes=(), territories=(), **fields) -> Need:
    lead = network.actor(summary="")
    project = network.project(lead, title="Projet", summary="", themes=list(themes), territories=list(territories))
    return network.need(project, title, **fields)


def index() -> None:
    """What the worker does after each change."""
    index_rows([*Actor.objects.prefetch_related("offers"), *Offer.objects.all(), *Need.objects.all()])


def found(client, query: str = "", **asked) -> tuple[list[str], list[str]]:
    page = client.get(PAGE + query, asked or None)
    assert page.status_code == 200
    return [actor.name for actor in page.context["actors"]], [need.title for need in page.context["needs"]]


def test_a_sentence_finds_the_offer_and_the_need(client):
    offering("Plume", "Révision de statuts associatifs")
    offering("Scène", "Monter un spectacle", offer_kind="equipment")
    needing("Relire les statuts d'une coopérative")
    needing("Prêter un chapiteau", kind="equipment")
    index()
    assert found(client, q=SENTENCE) == (["Plume"], ["Relire les statuts d'une coopérative"])
    page = client.get(PAGE, {"q": SENTENCE}).content.decode()
    assert "Révision de <mark>statuts</mark> associatifs" in page
    assert "les <mark>statuts</mark> d" in page
    assert "1</strong> acteur<" in page
    assert "1</strong> besoin ouvert<" in page


@pytest.mark.parametrize(
    ("typed", "why"),
    [("Sales d'activté", "title"), ("samedi", "words"), ("un lieu où se réunir le week-end", "meaning")],
)
def test_a_need_is_found_by_its_title_its_words_and_its_meaning(client, typed, why):
    needing("Salles d'activité en journée et le samedi", kind="premises", skills=[])
    needing("Hygiène hospitalière et stérilisation", skills=[])
    index()
    assert found(client, q=typed)[1] == ["Salles d'activité en journée et le samedi"], why


def test_a_need_is_found_by_the_skill_that_the_sentence_names(client):
    skill = Skill.objects.exclude(parent=None).first()
    needing("Xyz", skills=[skill])
    needing("Abc", skills=[])
    page = client.get(PAGE, {"q": skill.name_fr})
    assert [need.title for need in page.context["needs"]] == ["Xyz"]
    assert f"Même compétence : {skill.name_fr}" in page.content.decode()


def test_without_a_word_everything_is_there_and_facets_narrow_both(client):
    offering("Asso", "Prêter une salle", modes=["loan"], offer_kind="premises", territories=["74"])
    offering("Firme", "Prêter une salle", modes=["paid"], territories=["SN"])
    needing("Une salle", modes=["loan"], kind="premises", territories=["74"])
    needing("Un puits", modes=["paid"], territories=["SN"])
    assert found(client, "?mode=loan&kind=premises") == (["Asso"], ["Une salle"])
    assert found(client, "?territory=FR-ARA") == (["Asso"], ["Une salle"])  # the larger one finds the smaller
    assert found(client, "?mode=loan&territory=SN") == ([], [])


def test_facets_count_what_a_person_would_count_by_hand(client):
    domain = Skill.objects.filter(parent=None, children__isnull=False).first()
    skill = domain.children.first()
    offering("A", "Forer un puits", modes=["loan", "paid"], themes=[6], territories=["SN"], skills=[skill])
    offering("B", "Un puits", modes=["paid"], themes=[6, 13], offer_kind="equipment", skills=[])
    offering("C", "Chanter", modes=["loan"], skills=[])
    needing("Un puits à Podor", modes=["loan"], themes=[6], territories=["SN"], skills=[skill])
    needing("Un puits", modes=["paid"], kind="funding", skills=[])
    counts = client.get(PAGE, {"q": "puits"}).context["sides"].counts
    assert counts.total == 4
    assert counts.of("mode") == {"loan": 2, "paid": 3}
    assert counts.of("theme") == {"6": 3, "13": 1}
    assert counts.of("territory") == {"SN": 2}
    assert counts.of("kind") == {"skill": 2, "equipment": 1, "funding": 1}
    assert counts.of("skill") == {str(skill.pk): 2, str(domain.pk): 2}
    # A facet's counts ignore its own choice, and meet that of the others.
    counts = client.get(PAGE, {"q": "puits", "mode": "loan"}).context["sides"].counts
    assert counts.total == 2
    assert counts.of("mode") == {"loan": 2, "paid": 3}
    assert counts.of("theme") == {"6": 2}


def test_each_side_leads_to_its_whole_list_with_the_same_search(client):
    for number in range(8):
        offering(f"Acteur {number}", "Forer un puits", offer_kind="equipment", modes=["loan"])
        needing(f"Un puits {number}", kind="equipment", modes=["loan"])
    page = client.get(PAGE + "?q=puits&kind=equipment&mode=loan&mode=paid")
    links = {urlsplit(link).path: parse_qs(urlsplit(link).query) for link in _links(page)}
    assert links[reverse("actor-list")] == {"q": ["puits"], "offer": ["equipment"], "mode": ["loan", "paid"]}
    assert links[reverse("need-list")] == {"q": ["puits"], "kind": ["equipment"], "mode": ["loan", "paid"]}
    sides = page.context["sides"]
    for name, side in (("actor-list", sides.actors), ("need-list", sides.needs)):
        listed = client.get(reverse(name), links[reverse(name)])
        assert listed.context["result"].counts.total == side.counts.total == 8
        assert list(listed.context["rows"])[:6] == page.context["actors" if name == "actor-list" else "needs"]


def _links(page) -> list[str]:
    context = page.context
    return [
        f"{reverse('actor-list')}?{context['actors_query']}", f"{reverse('need-list')}?{context['needs_query']}",
    ]  # fmt: skip


def test_the_home_page_searches_here(client):
    assert f'action="{PAGE}"' in client.get(reverse("home")).content.decode()


def test_what_is_not_public_is_never_found_nor_counted():
    planted = plant()
    index()
    secrets = (*planted.marks.values(), *CONTACT.values())
    for person in (None, planted.other, planted.owner, people.animator()):
        client = client_of(person)
        for asked in ({"q": WORD}, {}, {"theme": THEME}, {"territory": PLACE}, {"q": WORD, "mode": "pro_bono"}):
            page = client.get(PAGE, asked)
            alike = [row for row in (*page.context["actors"], *page.context["needs"]) if WORD in str(row)]
            assert alike == [planted.actor, planted.need], asked
            shown = page.content.decode().rpartition("</header>")[2]
            assert not [secret for secret in secrets if secret in shown], asked
        counts = client.get(PAGE, {"q": WORD}).context["sides"].counts
        assert counts.of("theme") == {str(THEME): 2}
    for secret in secrets:
        page = client_of(planted.other).get(PAGE, {"q": secret})
        rows = [*page.context["actors"], *page.context["needs"]]
        assert not [row for row in rows if secret in str(row)], secret


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000,
        "q=" + "relire " * 1_500,
        "q=%F0%9F%8E%AA%F0%9F%92%A7%20puits",
        "q='; DROP TABLE projects_need; --",
        "q=%' OR 1=1 %25 {0} %s",
        "q=%00",
        "q=" + "%26%7C%21%28%29%3A%2A",
        "kind=club",
        "theme=99",
        "theme=6'--",
        "skill=jamais-vu&q=puits",
        "territory=ZZ&mode=volé",
        "sort=nimporte",
        "page=9",
        "kind=" + "x" * 5_000,
        "&".join(f"territory=X{number}" for number in range(900)),
    ],
)
@pytest.mark.parametrize("page", ["search", "need-list", "actor-list"])
def test_hostile_parameters_are_no_error_of_ours(client, page, query):
    needing("Un puits")
    address = reverse(page) + "?" + query
    assert client.get(address).status_code in (200, 404 if "page=9" in query else 200)
    assert client.get(address, headers={"HX-Request": "true"}).status_code in (200, 404 if "page=9" in query else 200)
    assert Need.objects.count() == 1


def test_an_unknown_value_is_said_and_everything_shown(client):
    offering("Asso", "Forer un puits")
    needing("Un puits")
    page = client.get(PAGE + "?q=puits&mode=vol")
    assert (len(page.context["actors"]), len(page.context["needs"])) == (2, 1)
    assert "field-error" in page.content.decode()


def test_it_is_counted_like_other_searches(client, monkeypatch, settings):
    settings.RATE_LIMITED = True
    monkeypatch.setattr("coexist.common.lists.SEARCHES", SEARCHES.__class__("searches", 2, 2, SEARCHES.seconds))
    assert [client.get(PAGE, {"q": "puits"}).status_code for _try in range(3)] == [200, 200, 429]
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("asked", [{}, {"q": SENTENCE}, {"q": SENTENCE, "mode": "pro_bono", "territory": "SN"}])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_few_queries_however_much_is_found(asked, who):
    client = client_of(people.verified() if who == "member" else None)
    numbers = []
    for rows in (1, 4):
        for number in range(rows):
            offering(f"Acteur {rows}{number}", "Relecture de statuts", territories=["SN"], modes=["pro_bono"])
            needing(f"Relire des statuts {rows}{number}", territories=["SN"])
        index()
        client.get(PAGE, asked)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(PAGE, asked).context["needs"]
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 15, "\n".join(query["sql"][:150] for query in caught)
