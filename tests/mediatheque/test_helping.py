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
    "fields", [{}, {"languages": ["fr"]}, {"themes": [9]}, {"themes": [6], "territories": ["SN"], "languages": ["fr"]}]
)
def test_a_domain_or_all_the_rest_alone_is_no_help(publisher, skills, fields):
    """Half of the network works in one region for the same goal."""
    same, near, other = skills
    carried = [other] if "territories" in fields else [near]
    resource(publisher, "Loin de tout", skills=carried, **{"territories": ["BF"], **fields})
    assert titles(Work([same.pk], themes=[6], territories=["SN"], languages=["fr"])) == []


def test_a_domain_helps_with_a_place_also_where_one_lies_in_the_other(publisher, skills):
    same, near, _other = skills
    for title, places in (("Au même endroit", ["SN"]), ("Dans la région", ["FR-ARA"]), ("Ailleurs", ["59"])):
        resource(publisher, title, skills=[near], territories=places)
    found = helping(Work([same.pk], territories=["SN", "74"]))
    assert {help.resource.title for help in found} == {"Au même endroit", "Dans la région"}
    assert {help.reasons[1] for help in found} == {"Territoire : Sénégal", "Territoire : Auvergne-Rhône-Alpes"}


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
        assert helping(Work(themes=[6], territories=["SN"], languages=["fr"])) == []
