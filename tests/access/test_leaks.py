"""What is not public is never shown to others: planted, then looked for on every page."""

from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from coexist.common.finding.findable import findables
from events.models import Occurrence
from mediatheque.models import Resource
from projects.matching.models import Refusal
from tests.access.crawl import client_of, pages_of, pages_with
from tests.access.planted import CONTACT, PLACE, THEME, WORD, Planted, plant
from tests.factories import people

pytestmark = pytest.mark.django_db

STRANGERS = ("visitor", "member", "other")


@pytest.fixture
def planted() -> Planted:
    return plant()


def person(planted: Planted, role: str):
    made = {"member": people.verified, "animator": people.animator, "visitor": lambda: None}
    return made[role]() if role in made else getattr(planted, role)


def read(planted: Planted, html: str) -> set[str]:
    """The planted secrets that `html` shows."""
    shown = unescape(html)
    secrets = {**planted.marks, **CONTACT}
    return {what for what, text in secrets.items() if text in shown}


@pytest.mark.parametrize("role", STRANGERS)
def test_no_page_shows_a_secret_to_a_stranger(planted, role):
    shown = {address: read(planted, html) for address, html in pages_of(person(planted, role)).items()}
    assert {address: secrets for address, secrets in shown.items() if secrets} == {}


def test_the_same_pages_show_its_owner_every_secret(planted):
    """Proof that the walk above would find them; the refusal and drafts of collections are for the animators, and
    nobody reads pages of earlier versions."""
    not_for_owners = {"refusal", "collection", "step that is not public", "page of earlier version"}
    shown = set().union(*(read(planted, html) for html in pages_of(planted.owner).values()))
    assert shown == {*planted.marks, *CONTACT} - not_for_owners


@pytest.mark.parametrize("role", STRANGERS)
def test_searching_for_a_secret_word_finds_nothing(planted, role):
    """A search finds rows with any of its words, so several are asked for at once."""
    client = client_of(person(planted, role))
    words = [*planted.marks.values(), *CONTACT.values()]
    found = {
        (page, asked): [str(row) for row in client.get(reverse(page), {"q": asked}).context["rows"]]
        for page in ("actor-list", "project-list", "need-list", "achievement-list", "agenda", "resource-list")
        for asked in (" ".join(words[start : start + 5]) for start in range(0, len(words), 5))
    }
    assert {asked: rows for asked, rows in found.items() if rows} == {}


@pytest.mark.parametrize("role", ["visitor", "member", "other", "owner", "animator"])
@pytest.mark.parametrize("page", ["find", "find-suggestions"])
def test_the_search_over_everything_holds_exactly_the_public_rows(planted, role, page):
    client = client_of(person(planted, role))
    events = {f"Événement {WORD} ouvert", f"Événement {WORD} sur inscription"}
    public = {
        "acteurs": {planted.actor.name}, "besoins": {planted.need.title}, "agenda": events,
        "projets": {planted.project.title, planted.closed_project.title}, "realisations": set(),
        "ressources": {f"Ressource {WORD} ouverte"},
    }  # fmt: skip
    assert [one.code for one in findables() if one.code not in public] == [], "a type without a planted secret"
    for asked in ("", *public):
        answer = client.get(reverse(page), {"q": WORD, "type": asked})
        assert read(planted, answer.content.decode().rpartition("</header>")[2]) == set(), asked
        lines = _lines(answer.context)
        for code, expected in public.items():
            found = {"".join(text for text, _mark in line.title) for line in lines if line.findable.code == code}
            if page == "find-suggestions" or asked in ("", code):
                assert {title for title in found if WORD in title} == expected, (asked, code)


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("page", ["find", "find-suggestions"])
def test_searching_everywhere_for_a_secret_word_finds_no_row_that_has_it(planted, role, page):
    """Where no row has all of several words, one with any of them is shown."""
    client = client_of(person(planted, role))
    words = [*planted.marks.values(), *CONTACT.values()]
    for asked in (" ".join(words[start : start + 5]) for start in range(0, len(words), 5)):
        for line in _lines(client.get(reverse(page), {"q": asked}).context):
            said = "".join(text for pieces in (line.title, line.part, line.passage) for text, _mark in pieces)
            assert read(planted, f"{said} {line.told.url} {line.told.facts}") == set(), asked


def _lines(context) -> list:
    if "sections" in context:
        return [line for _group, lines in context["sections"] for line in lines]
    return context["lines"]


FILTERS = {
    "actor-list": [
        {}, {"q": WORD}, {"kind": "ngo"}, {"theme": THEME}, {"territory": PLACE}, {"offer": "skill"},
        {"mode": "pro_bono"}, {"skill": "SKILL"}, {"skill": "DOMAIN"},
    ],
    "project-list": [{}, {"q": WORD}, {"stage": "idea"}, {"theme": THEME}, {"territory": PLACE}],
    "need-list": [
        {}, {"q": WORD}, {"kind": "skill"}, {"mode": "pro_bono"}, {"theme": THEME}, {"territory": PLACE},
        {"skill": "SKILL"}, {"skill": "DOMAIN"},
    ],
    "resource-list": [{}, {"q": WORD}, {"kind": "guide"}, {"theme": THEME}, {"territory": PLACE}, {"language": "fr"}],
}  # fmt: skip


@pytest.mark.parametrize("role", ["visitor", "other", "owner", "animator"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_lists_and_filters_hold_exactly_the_public_rows(planted, role, headers):
    """Also for who may see more: a list is what everybody sees."""
    client = client_of(person(planted, role))
    public = {
        "actor-list": {planted.actor},
        "project-list": {planted.project, planted.closed_project},
        "need-list": {planted.need},
        "resource-list": {Resource.objects.get(title=f"Ressource {WORD} ouverte")},
    }
    codes = {"SKILL": planted.skill.code, "DOMAIN": planted.skill.parent.code}
    for page, filters in FILTERS.items():
        for asked in filters:
            answer = client.get(reverse(page), {k: codes.get(v, v) for k, v in asked.items()}, headers=headers)
            looking_alike = {row for row in answer.context["rows"] if WORD in str(row)}
            assert looking_alike == public[page], (page, asked)
            # The menu above the page names one's own actors, to oneself.
            shown = answer.content.decode().rpartition("</header>")[2]
            assert read(planted, shown) == set(), (page, asked)


def test_the_home_page_counts_and_names_only_public_rows(planted):
    context = client_of(None).get(reverse("home")).context
    assert set(context["needs"]) == {planted.need}
    assert set(context["projects"]) == {planted.project, planted.closed_project}
    assert (context["actor_count"], context["need_count"]) == (6, 1)


def test_the_dashboard_holds_exactly_what_is_ones_own(planted):
    context = client_of(planted.other).get(reverse("dashboard")).context
    assert context["actors"] == [planted.others]
    assert [list(context[rows]) for rows in ("needs", "matches", "introductions")] == [[], [], []]
    context = client_of(planted.partner).get(reverse("dashboard")).context
    assert context["actors"] == [planted.partners]
    assert list(context["needs"]) == []
    assert list(context["matches"]) == [planted.match]
    assert set(context["introductions"]) == {planted.introduction, planted.declined}


def test_an_animator_finds_in_the_dashboard_nothing_of_others(planted):
    context = client_of(people.animator()).get(reverse("dashboard")).context
    assert [list(context[rows]) for rows in ("actors", "needs", "matches", "introductions")] == [[], [], [], []]


@pytest.mark.parametrize("role", STRANGERS)
def test_the_pages_of_public_rows_hold_exactly_their_public_parts(planted, role):
    client = client_of(person(planted, role))
    project = client.get(planted.project.get_absolute_url()).context
    assert set(project["needs"]) == {planted.need, *planted.ended_needs}
    assert set(project["others"]) == {planted.closed_project}
    assert project["panels"] == []
    actor = client.get(planted.actor.get_absolute_url()).context
    public = [f"Événement {WORD} ouvert", f"Événement {WORD} sur inscription"]
    panels = [{planted.project, planted.closed_project}, set(Occurrence.objects.filter(event__title__in=public))]
    assert [set(panel.rows) for panel in actor["panels"]] == panels
    assert actor["last_decision"] is None
    assert client.get(planted.need.get_absolute_url()).context["panels"] == []


def test_the_matched_actor_sees_its_own_exchange_and_no_other_candidate(planted):
    """Who else is proposed for a need, and who refused it, is the project's business."""
    panels = client_of(planted.partner).get(planted.need.get_absolute_url()).context["panels"]
    assert [set(panel.rows) for panel in panels] == [{planted.introduction}]
    public = (planted.solicited, planted.refuser)
    profiles = {actor.get_absolute_url() for actor in public}
    profiles |= {reverse("claim-create", args=[actor.slug]) for actor in public}
    names = (planted.solicited.name, planted.refuser.name)
    met = {urlsplit(address).path for address in pages_with(planted.partner, *names, planted.marks["refusal"])}
    assert met == {reverse("search"), reverse("actor-list"), reverse("actor-export"), *profiles}


def test_a_refused_match_leaves_both_lists(planted):
    def listed(person, page: str, about) -> set:
        return set(client_of(person).get(reverse(page, args=[about])).context["page_obj"])

    at_first = listed(planted.owner, "need-matches", planted.need.pk)
    assert planted.match in at_first
    Refusal.objects.create(need=planted.need, actor=planted.partners, by_actor=True, reason="no_time")
    assert listed(planted.owner, "need-matches", planted.need.pk) == at_first - {planted.match}
    assert listed(planted.partner, "actor-needs", planted.partners.slug) == set()


@pytest.mark.parametrize("role", STRANGERS)
def test_private_addresses_answer_as_if_nothing_were_there(planted, role):
    """The same page for what is hidden as for what never was."""
    client = client_of(person(planted, role))
    nothing = client.get(reverse("actor-detail", args=["jamais-vu"])).content
    for row in [*planted.actor.projects.filter(state="draft"), *planted.project.needs.filter(state="draft")]:
        answer = client.get(row.get_absolute_url())
        assert (answer.status_code, len(answer.content)) == (404, len(nothing))
