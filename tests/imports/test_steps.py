"""The steps of an import: each may be repeated, reloaded and left; what was chosen is what is written."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actors.enums import ActorState
from actors.imports.enums import LineState, RunState
from actors.imports.models import ImportFile, ImportLine, ImportRun, Provenance
from actors.models import Actor, ActorDecision
from tests.factories import network, people
from tests.imports.sheets import HEADINGS, as_csv, as_xlsx, organisation

pytestmark = pytest.mark.django_db


def test_a_sheet_becomes_drafts_that_say_where_they_came_from(desk):
    run = desk.bring_in([organisation(name="Atelier du Léman", siret="732 829 320 00074"), organisation()])
    assert run.state == RunState.DONE
    actor = Actor.objects.get(name="Atelier du Léman")
    assert (actor.state, actor.kind, actor.city, actor.postcode, actor.created_by) == (
        ActorState.DRAFT, "ngo", "Annemasse", "74100", desk.animator,
    )  # fmt: skip
    assert (actor.registration_kind, actor.registration_number) == ("siret", "73282932000074")
    assert not actor.memberships.exists()
    provenance = Provenance.objects.get(actor=actor)
    assert (provenance.source, provenance.is_new, provenance.personal) == ("Liste de la CSI", True, ["contact_email"])
    assert Actor.objects.count() == 2


def test_a_workbook_does_the_same(desk):
    rows = [HEADINGS, ["Atelier du Léman", "ONG", "Annemasse", 74100, "", "", 73282932000074]]
    desk.send(as_xlsx(rows), "liste.xlsx")
    run = ImportRun.objects.get()
    desk.map(run)
    desk.launch(run)
    actor = Actor.objects.get()
    assert (actor.postcode, actor.registration_number) == ("74100", "73282932000074")


def test_approved_ones_are_decided_like_any_other(desk):
    desk.bring_in([organisation(name="Atelier du Léman")], state="approved")
    actor = Actor.objects.get()
    assert (actor.state, actor.approved_at is None) == (ActorState.APPROVED, False)
    decision = ActorDecision.objects.get()
    assert (decision.actor, decision.by, decision.reason) == (actor, desk.animator, "Liste de la CSI")


def test_a_form_sent_twice_makes_one_import(desk):
    key = str(uuid4())
    content = as_csv([HEADINGS, organisation()])
    assert desk.send(content, form_key=key)["Location"] == desk.send(content, form_key=key)["Location"]
    assert ImportRun.objects.count() == ImportLine.objects.count() == 1


def test_columns_are_guessed_and_can_be_changed(desk):
    run = desk.upload([organisation(name="Atelier", city="Genève")])
    assert run.mapping == {
        "name": 0, "kind": 1, "city": 2, "postcode": 3, "contact_email": 4, "website": 5, "registration_number": 6,
    }  # fmt: skip
    page = desk.client.get(desk.url("mapping", run)).content.decode()
    assert "Genève" in page
    desk.map(run, column_2="acronym")
    assert run.lines.get().values["acronym"] == "Genève"
    assert "city" not in run.lines.get().values


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"column_0": ""}, "Dites quelle colonne donne : Nom"),
        ({"column_1": ""}, "Dites quelle colonne donne : Type"),
        ({"column_2": "name"}, "est déjà choisi pour une autre colonne"),
        ({"column_2": "state"}, "Sélectionnez un choix valide"),
    ],
)
def test_columns_that_make_no_sense_are_refused_beside_what_was_chosen(desk, change, told):
    run = desk.upload([organisation()])
    answer = desk.map(run, **change)
    assert told in answer.content.decode()
    assert run.state == RunState.MAPPING


def test_one_kind_may_be_given_for_all(desk):
    run = desk.check([["Atelier du Léman"]], ("Nom",), default_kind="network")
    assert run.lines.get().values["kind"] == "network"


def test_a_step_that_has_passed_leads_to_the_current_one(desk):
    run = desk.bring_in([organisation()])
    for step in ("mapping", "preview", "launch", "replace"):
        answer = desk.client.get(desk.url(step, run))
        assert answer["Location"] == desk.url("progress", run)
    for step in ("mapping", "preview", "launch", "replace", "rest", "abandon"):
        answer = desk.client.post(desk.url(step, run), {"decision": "create", "new_state": "approved"})
        assert answer["Location"] == desk.url("progress", run), step
    assert Actor.objects.count() == 1


def test_launched_twice_it_writes_once(desk):
    run = desk.check([organisation(), organisation()])
    desk.launch(run)
    desk.launch(run, "approved")
    assert Actor.objects.filter(state=ActorState.DRAFT).count() == Actor.objects.count() == 2


def test_ignored_undecided_and_wrong_lines_stay_out_and_say_so(desk):
    existing = network.actor(name="Association des bateliers du Léman")
    run = desk.check([organisation(), organisation(name=""), organisation(name="Association bateliers du Léman")])
    line = run.lines.get(number=4)
    assert (line.candidates[0]["actor"], line.decision) == (existing.pk, "")
    desk.choose(run, l2="skip")
    desk.launch(run)
    states = dict(run.lines.values_list("number", "state"))
    assert states == {2: LineState.SKIPPED, 3: LineState.REFUSED, 4: LineState.SKIPPED}
    assert Actor.objects.get() == existing
    page = desk.client.get(desk.url("progress", run)).content.decode()
    assert "Ligne 3 : refusée" in page
    assert "Il manque une valeur." in page


def test_completing_fills_only_what_is_empty(desk):
    existing = network.actor(name="Atelier du Léman", city="Thonon", contact={"name": "Zoé"})
    run = desk.check([organisation(name="Atelier du Léman", siret="73282932000074", site="atelier.example")])
    page = desk.client.get(desk.url("preview", run)).content.decode()
    assert "Le compléter remplirait : Code postal, Site web, Registre" in page
    assert desk.choose(run, l2=f"complete:{existing.pk}").status_code == 302
    before = existing.confirmed_at
    desk.launch(run)
    existing.refresh_from_db()
    assert (existing.city, existing.postcode, existing.website) == ("Thonon", "74100", "https://atelier.example")
    # Another person's name stands there: an address beside it would be taken for hers.
    contact = existing.contacts.get()
    assert (contact.name, contact.email) == ("Zoé", "")
    assert existing.confirmed_at == before
    assert Actor.objects.count() == 1


def test_a_same_name_or_number_is_completed_unless_one_says_otherwise(desk):
    existing = network.actor(name="Atelier", registration_kind="siret", registration_number="73282932000074")
    run = desk.check([organisation(name="Tout autre nom", siret="73282932000074")])
    line = run.lines.get()
    assert (line.decision, line.target) == ("complete", existing)
    desk.choose(run, l2="create")
    desk.launch(run)
    assert Actor.objects.count() == 2


def test_only_a_proposed_actor_can_be_completed(desk):
    other = network.actor(name="Rien à voir")
    run = desk.check([organisation(name="Atelier du Léman")])
    desk.choose(run, l2=f"complete:{other.pk}")
    assert run.lines.get().decision == "create"
    for nonsense in ("complete:", "complete:99999999999999999999", "complete:-1", "couronner", "\x00"):
        assert desk.choose(run, l2=nonsense).status_code == 302
    assert run.lines.get().decision == "create"


def test_what_waits_for_a_choice_is_decided_at_once(desk):
    network.actor(name="Association des bateliers du Léman")
    run = desk.check([organisation(name="Association bateliers du Léman"), organisation()])
    desk.client.post(desk.url("rest", run), {"decision": "complete"})
    assert list(run.lines.order_by("number").values_list("decision", flat=True)) == ["complete", "create"]


def test_the_same_organisation_twice_in_a_file_is_brought_in_once(desk):
    run = desk.bring_in([organisation(name="Atelier du Léman"), organisation(name="ATELIER du  leman")])
    assert run.lines.get(number=3).same_as == 2
    assert Actor.objects.count() == 1


def test_an_actor_that_appeared_since_the_review_is_not_doubled(desk):
    run = desk.check([organisation(name="Atelier du Léman"), organisation()])
    network.actor(name="Atelier du leman")
    desk.launch(run)
    line = run.lines.get(number=2)
    assert (line.state, line.problems[-1]["code"]) == (LineState.FAILED, "appeared")
    assert run.lines.get(number=3).state == LineState.CREATED


def test_an_actor_to_complete_that_went_away_is_told(desk):
    existing = network.actor(name="Atelier du Léman")
    run = desk.check([organisation(name="Atelier du Léman")])
    desk.choose(run, l2=f"complete:{existing.pk}")
    existing.delete()
    desk.launch(run)
    assert run.lines.get().problems[-1]["code"] == "gone"


def test_a_corrected_file_takes_the_place_of_the_first(desk):
    run = desk.check([organisation(name="")])
    desk.map(run, column_2="acronym")
    corrected = SimpleUploadedFile("corrige.csv", as_csv([HEADINGS, organisation(name="Atelier du Léman")]))
    answer = desk.client.post(desk.url("replace", run), {"file": corrected})
    run.refresh_from_db()
    assert answer["Location"] == desk.url("mapping", run)
    assert (run.file_name, run.mapping.get("acronym")) == ("corrige.csv", 2)
    desk.map(run)
    assert [line.values["name"] for line in run.lines.all()] == ["Atelier du Léman"]
    assert ImportFile.objects.count() == 1


def test_an_import_given_up_forgets_what_it_held(desk):
    run = desk.check([organisation()])
    desk.client.post(desk.url("abandon", run))
    run.refresh_from_db()
    assert run.state == RunState.ABANDONED
    assert not ImportFile.objects.exists()
    assert not run.lines.exists()
    assert desk.client.get(desk.url("progress", run)).status_code == 200


def test_filters_and_pages_of_the_review(desk):
    network.actor(name="Association des bateliers du Léman")
    rows = [organisation() for _number in range(30)]
    run = desk.check([*rows, organisation(name=""), organisation(name="Association bateliers du Léman")])
    shown = {
        query: [line.number for line in desk.client.get(desk.url("preview", run) + query).context["lines"]]
        for query in ("?lignes=problemes", "?lignes=doublons", "?lignes=a-decider", "?page=2", "?page=9999", "?page=x")
    }
    assert shown["?lignes=problemes"] == [32]
    assert shown["?lignes=doublons"] == shown["?lignes=a-decider"] == [33]
    assert shown["?page=2"] == shown["?page=9999"] == list(range(27, 34))
    assert shown["?page=x"] == list(range(2, 27))


def test_lines_to_correct_come_back_as_a_sheet_with_their_reasons(desk):
    run = desk.check([organisation(), organisation(name="", email="=cmd|' /C calc'!A0")])
    text = desk.client.get(desk.url("problems", run)).content.decode("utf-8-sig")
    head, line, *rest = text.splitlines()
    assert head.split(";")[-1] == "Problèmes"
    assert not rest
    assert "'=cmd" in line
    assert "Nom : Il manque une valeur." in line


def test_who_may_not_import_sees_no_step(desk):
    run = desk.check([organisation()])
    for person, code in ((people.verified(), 302), (people.verified(is_staff=True), 403)):
        client = Client()
        client.force_login(person)
        for step in ("mapping", "preview", "launch", "progress", "problems", "replace"):
            assert client.get(desk.url(step, run)).status_code == code, step
        assert client.get(desk.url("upload")).status_code == code
        assert client.get(desk.url("export")).status_code == code
