"""Posting a project and its needs, as people do."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from actors.enums import ActorState, Role
from projects.enums import NeedState, ProjectState
from projects.models import Need, Project
from tests.factories import network, people

pytestmark = pytest.mark.django_db

CREATE = "/projets/nouveau/"


@pytest.fixture
def owner(client):
    person = people.verified()
    client.force_login(person)
    return person


@pytest.fixture
def lead(owner):
    return network.actor(owner=owner, name="Eau et Vie")


def filled(lead, **fields) -> dict:
    return {
        "lead": lead.pk, "title": "Un puits à Thiès", "summary": "Pour trois villages.",
        "stage": "looking_for_partners", "need-title": "Relire nos statuts",
        "need-kind": "skill", "need-modes": ["pro_bono"], **fields,
    }  # fmt: skip


def test_a_project_and_its_need_are_published_in_one_page(client, lead):
    page = client.post(CREATE, filled(lead, publish="1"), follow=True)
    project, need = Project.objects.get(), Need.objects.get()
    assert (project.state, need.state) == (ProjectState.PUBLISHED, NeedState.PUBLISHED)
    assert (project.lead, need.project) == (lead, project)
    assert need.modes == ["pro_bono"]
    assert need.skills.exists()
    assert page.redirect_chain[-1][0] == project.get_absolute_url()
    assert "publié" in page.content.decode()


def test_a_draft_is_kept_and_hidden_from_others(client, lead):
    client.post(CREATE, filled(lead))
    project, need = Project.objects.get(), Need.objects.get()
    assert (project.state, need.state) == (ProjectState.DRAFT, NeedState.DRAFT)
    assert client.get(project.get_absolute_url()).status_code == 200
    client.force_login(people.verified())
    assert client.get(project.get_absolute_url()).status_code == 404
    assert client.get(need.get_absolute_url()).status_code == 404
    for name in ("project-list", "need-list", "home"):
        assert "Un puits à Thiès" not in client.get(reverse(name)).content.decode()
        assert "Relire nos statuts" not in client.get(reverse(name)).content.decode()


def test_a_draft_is_published_later_with_its_needs(client, lead):
    client.post(CREATE, filled(lead))
    client.post(reverse("project-publish", args=[Project.objects.get().slug]))
    assert Project.objects.get().state == ProjectState.PUBLISHED
    assert Need.objects.get().state == NeedState.PUBLISHED


def test_an_actor_that_waits_is_told_that_the_publication_waits_too(client, owner):
    waiting = network.actor(owner=owner, state=ActorState.WAITING, name="Eau et Vie")
    page = client.post(CREATE, filled(waiting, publish="1"), follow=True)
    assert "La publication suivra la validation de Eau et Vie." in page.content.decode()
    assert Project.objects.get().state == ProjectState.WAITING


def test_a_double_click_makes_one_project(client, lead):
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(CREATE).content.decode()).group(1)
    first = client.post(CREATE, filled(lead, form_key=key, publish="1"))
    second = client.post(CREATE, filled(lead, form_key=key, publish="1"))
    assert first.url == second.url == Project.objects.get().get_absolute_url()
    assert Need.objects.count() == 1


def test_two_projects_of_the_same_title_are_two(client, lead):
    for _ in range(2):
        client.post(CREATE, filled(lead))
    assert Project.objects.count() == 2


def test_a_double_click_makes_one_need(client, lead):
    project = network.project(lead)
    page = reverse("need-create", args=[project.slug])
    key = re.search(r'name="need-form_key" value="([^"]+)"', client.get(page).content.decode()).group(1)
    form = {"need-title": "Une pompe", "need-kind": "equipment", "need-form_key": key, "publish": "1"}
    first, second = client.post(page, form), client.post(page, form)
    assert first.url == second.url == Need.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "form", "field"),
    [
        ({"title": ""}, "form", "title"),
        ({"title": "x" * 151}, "form", "title"),
        ({"summary": "x" * 281}, "form", "summary"),
        ({"stage": "?"}, "form", "stage"),
        ({"themes": ["99"]}, "form", "themes"),
        ({"territories": ["ZZ"]}, "form", "territories"),
        ({"need-title": ""}, "need_form", "title"),
        ({"need-kind": "?"}, "need_form", "kind"),
        ({"need-modes": ["?"]}, "need_form", "modes"),
        ({"need-starts_on": "31/31/2031"}, "need_form", "starts_on"),
        ({"need-starts_on": "2031-05-02", "need-ends_on": "2031-05-01"}, "need_form", "ends_on"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field_and_what_was_typed_is_kept(client, lead, fields, form, field):
    response = client.post(CREATE, filled(lead, **{"description": "Tapé à la main.", **fields}, publish="1"))
    assert response.status_code == 200
    assert field in response.context[form].errors
    shown = response.content.decode()
    assert "Tapé à la main." in shown
    assert not Project.objects.exists()


def test_dates_in_the_wrong_order_are_explained_in_french(client, lead):
    wrong = {"need-starts_on": "2031-05-02", "need-ends_on": "2031-05-01"}
    shown = client.post(CREATE, filled(lead, **wrong)).content.decode()
    assert "Cette date vient avant celle du début (02/05/2031)." in shown
    assert "2031-05-02" in shown


def test_html_in_what_people_write_is_shown_as_text(client, lead):
    client.post(CREATE, filled(lead, summary="<script>alert(1)</script> & <b>gras</b>", publish="1"))
    for address in (Project.objects.get().get_absolute_url(), Need.objects.get().get_absolute_url(), "/projets/", "/"):
        shown = client.get(address).content.decode()
        assert "<script>alert(1)" not in shown
        assert "<b>gras" not in shown


def test_nobody_posts_in_the_name_of_another_actor(client, lead):
    other = network.actor()
    reading = network.actor()
    network.join(lead.members.get(), reading, Role.READER)
    for wrong in (other, reading):
        response = client.post(CREATE, filled(wrong, publish="1"))
        assert response.status_code == 200
        assert "lead" in response.context["form"].errors
    assert not Project.objects.exists()


def test_who_has_no_actor_is_led_to_make_one(client, owner):
    assert client.get(CREATE).url == reverse("actor-create")


def test_a_need_is_edited_and_ended_by_its_people_only(client, lead):
    need = network.need(network.project(lead))
    edit, end = reverse("need-edit", args=[need.pk]), reverse("need-end", args=[need.pk])
    client.force_login(people.verified())
    assert client.post(edit, {"need-title": "Autre", "need-kind": "skill"}).status_code == 403
    assert client.post(end, {}).status_code == 403
    need.refresh_from_db()
    assert (need.title, need.state) == ("Relire nos statuts", NeedState.PUBLISHED)
    client.force_login(lead.members.get())
    client.post(edit, {"need-title": "Autre", "need-kind": "skill"})
    client.post(end, {"state": "filled"})
    need.refresh_from_db()
    assert (need.title, need.state) == ("Autre", NeedState.FILLED)
    assert client.post(edit, {"need-title": "Encore", "need-kind": "skill"}).status_code == 403


def test_ending_by_a_link_alone_is_refused(client, lead):
    need = network.need(network.project(lead))
    assert client.get(reverse("need-end", args=[need.pk])).status_code == 405
    need.refresh_from_db()
    assert need.state == NeedState.PUBLISHED


def test_other_projects_on_the_theme_are_shown_and_only_public_ones(client):
    shown = network.project(network.actor(), title="Autre puits", themes=[6])
    network.project(network.actor(), title="Brouillon caché", themes=[6], state=ProjectState.DRAFT)
    network.project(network.actor(state=ActorState.SUSPENDED), title="Suspendu caché", themes=[6])
    network.project(network.actor(), title="Sans rapport", themes=[4])
    page = client.get(network.project(network.actor(), themes=[6, 13]).get_absolute_url()).content.decode()
    assert shown.title in page
    assert not [title for title in ("Brouillon caché", "Suspendu caché", "Sans rapport") if title in page]


def test_the_list_of_needs_shows_the_open_ones_only(client):
    project = network.project(network.actor())
    network.need(project, "Besoin ouvert")
    network.need(project, "Besoin pourvu", state=NeedState.FILLED)
    network.need(project, "Besoin passé", ends_on=date.today() - timedelta(days=2))
    network.need(network.project(network.actor(), state=ProjectState.DRAFT), "Besoin brouillon", state=NeedState.DRAFT)
    page = client.get(reverse("need-list")).content.decode()
    assert re.findall(r"Besoin (?:ouvert|pourvu|passé|brouillon)", page) == ["Besoin ouvert"]


def test_htmx_gets_the_results_alone(client):
    network.project(network.actor(), title="Un puits à Thiès")
    whole = client.get("/projets/").content.decode()
    part = client.get("/projets/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "Un puits à Thiès" in part
