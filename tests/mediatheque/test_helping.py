"""Resources that help with a need, a project, a training: what is in common, and nothing unrelated."""

import pytest

from actors.models import Skill
from mediatheque.helping import SHOWN, Work, helping
from tests.access.crawl import client_of
from tests.factories import events, network, people, resources

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return network.actor()


@pytest.fixture
def skills():
    """Two of one domain, and one of another."""
    domains = [Skill.objects.create(code=f"domaine-{n}", name_fr=f"Domaine {n}", name_en=f"Domain {n}") for n in (1, 2)]
    return [
        Skill.objects.create(code=f"essai-{n}", name_fr=f"Essai {n}", name_en=f"Trial {n}", parent=domain)
        for n, domain in enumerate([domains[0], domains[0], domains[1]])
    ]


def resource(publisher, title, **fields):
    return resources.resource(publisher, title=title, summary="", **{"languages": ["es"], **fields})


def titles(work):
    return [help.resource.title for help in helping(work)]


def test_the_same_skill_before_its_domain_and_never_another_domain(publisher, skills):
    same, near, other = skills
    resource(publisher, "Voisine", skills=[near], themes=[4])
    resource(publisher, "Identique", skills=[same])
    resource(publisher, "Sans rapport", skills=[other], themes=[9], territories=["SN"])
    found = helping(Work([same.pk], themes=[4], territories=["MG"]))
    assert [help.resource.title for help in found] == ["Identique", "Voisine"]
    assert found[0].reasons == ["Compétence : Essai 0"]
    assert found[1].reasons == ["Domaine de compétence : Domaine 1", "Thème : Éducation de qualité"]


def test_a_rare_skill_counts_more_than_one_that_many_resources_have(publisher, skills):
    common, _near, rare = skills
    for number in range(9):
        resource(publisher, f"Fréquente {number}", skills=[common])
    resource(publisher, "Rare", skills=[rare])
    assert titles(Work([common.pk, rare.pk]))[0] == "Rare"
    assert len(titles(Work([common.pk, rare.pk]))) == SHOWN


@pytest.mark.parametrize(
    "fields", [{"themes": [6]}, {"territories": ["SN"]}, {"languages": ["fr"]}, {"territories": ["SN"], "themes": [4]}]
)
def test_a_theme_a_place_or_a_language_alone_is_no_help(publisher, fields):
    resource(publisher, "Loin de tout", **{"themes": [9], "territories": ["BF"], **fields})
    assert titles(Work(themes=[6], territories=["SN"], languages=["fr"])) == []


def test_a_theme_and_a_place_together_help_also_where_one_place_lies_in_the_other(publisher):
    resource(publisher, "Au même endroit", themes=[6], territories=["SN"])
    resource(publisher, "Dans la région", themes=[6], territories=["FR-ARA"])
    resource(publisher, "Ailleurs en France", themes=[6], territories=["59"])
    found = helping(Work(themes=[6], territories=["SN", "74"], languages=["fr"]))
    assert {help.resource.title for help in found} == {"Au même endroit", "Dans la région"}
    assert found[0].reasons[1] == "Thème : Eau propre et assainissement"


def test_what_is_not_public_helps_nobody(publisher, skills):
    for state in ("draft", "waiting", "archived"):
        resource(publisher, state, state=state, skills=skills)
    resource(network.actor(state="suspended"), "suspendu", skills=skills)
    assert titles(Work([skill.pk for skill in skills])) == []


def test_the_pages_of_a_need_a_project_and_a_training_show_it(publisher, skills):
    resource(publisher, "La bonne méthode", skills=skills[:1])
    lead = network.actor()
    project = network.project(lead)
    need = network.need(project, skills=skills[:1])
    training = events.event(lead, kind="training", title="Apprendre l'essai 0")
    meeting = events.event(lead, kind="meeting", title="Apprendre l'essai 0")
    for person in (None, people.verified()):
        shown = {
            row: b"La bonne m" in client_of(person).get(row.get_absolute_url()).content
            for row in (need, project, training, meeting)
        }
        assert shown == {need: True, project: True, training: True, meeting: False}


def test_a_draft_need_says_nothing_on_the_page_of_its_project(publisher, skills):
    resource(publisher, "La bonne méthode", skills=skills[:1])
    project = network.project(network.actor())
    network.need(project, skills=skills[:1], state="draft")
    assert b"La bonne m" not in client_of(None).get(project.get_absolute_url()).content


def test_two_queries_at_most(publisher, skills, django_assert_max_num_queries):
    resource(publisher, "Une", skills=skills)
    with django_assert_max_num_queries(2):
        assert len(helping(Work([skill.pk for skill in skills], [6], ["SN"], ["fr"]))) == 1
    with django_assert_max_num_queries(0):
        assert helping(Work(themes=[6], languages=["fr"])) == []
