"""What goes out comes back: an export read again gives the same actors, and runs nothing in a spreadsheet."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from actors.imports import work
from actors.imports.export import sample_rows
from actors.imports.models import ImportRun
from actors.models import Actor, Offer, Skill
from tests.factories import network, people

pytestmark = pytest.mark.django_db
KEPT = (
    "name", "slug", "acronym", "kind", "summary", "description", "size", "address", "city", "postcode", "country",
    "latitude", "longitude", "territories", "themes", "languages", "website", "donation_url", "registration_kind",
    "registration_number",
)  # fmt: skip
OFFERED = ("title", "detail", "kind", "modes", "territories", "available_from", "available_until")


def full_actor(**fields) -> Actor:
    actor = network.actor(
        **{
            "name": "Atelier d'été", "slug": "atelier-d-ete", "acronym": "ADE", "kind": "school_or_cultural_venue",
            "summary": "Nous réparons ; nous prêtons.", "description": "Un.\n\nDeux « ; », \"trois\".\n- quatre",
            "size": "10-49", "address": "4 rue du Lac", "city": "Saint-Étienne", "postcode": "01200", "country": "FR",
            "latitude": 46.1937, "longitude": 6.2341, "position_is_chosen": True, "territories": ["01", "CH-GE", "SN"],
            "themes": [6, 17], "languages": ["fr", "wo"], "website": "https://atelier.example/a?b=c;d",
            "donation_url": "https://don.example", "registration_kind": "siret", "registration_number":
            "73282932000074",
            "contact": {"name": "Awa N'Diaye", "email": "awa@atelier.example", "phone": "+33 4 50 00 00 00"}, **fields,
        }
    )  # fmt: skip
    first = network.offer(
        actor, "Relire | des \\ statuts", detail="Le soir.\nÀ distance | ou non \\n.", kind="training",
        modes=["mecenat_competences", "pro_bono"], territories=["74"], available_from="2026-01-02",
        available_until="2026-02-03",
    )  # fmt: skip
    first.skills.set(Skill.objects.exclude(parent=None).order_by("-pk")[:2])
    network.offer(actor, "Prêter une salle", kind="premises", modes=["loan"]).skills.clear()
    return actor


def facts(actor: Actor) -> dict:
    offers = [
        {
            **{name: getattr(offer, name) for name in OFFERED},
            "skills": sorted(offer.skills.values_list("code", flat=True)),
        }
        for offer in Offer.objects.filter(actor=actor)
    ]
    # A position that nobody chose follows the address.
    kept = [name for name in KEPT if actor.position_is_chosen or name not in ("latitude", "longitude")]
    return {
        **{name: getattr(actor, name) for name in kept},
        "offers": offers,
        "contacts": list(actor.contacts.values_list("name", "email", "phone")),
    }


def export(desk, layout: str, **filters) -> bytes:
    answer = desk.client.get(desk.url("export"), {"layout": layout, **filters})
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def rows_of(content: bytes, layout: str) -> list[list[str]]:
    if layout == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    sheet = load_workbook(io.BytesIO(content)).active
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def bring_back(desk, content: bytes, layout: str) -> ImportRun:
    Actor.objects.all().delete()
    answer = desk.send(content, f"export.{layout}")
    assert answer.status_code == 302, answer.context["form"].errors
    run = ImportRun.objects.latest("pk")
    desk.map(run)
    assert [(line.number, line.problems) for line in run.lines.all() if line.problems] == []
    desk.launch(run)
    return run


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
def test_an_export_imports_back_with_no_loss(desk, layout):
    full_actor()
    network.actor(name="Le strict nécessaire", kind="ngo", summary="")
    before = {actor.slug: facts(Actor.objects.get(pk=actor.pk)) for actor in Actor.objects.all()}
    bring_back(desk, export(desk, layout), layout)
    assert {actor.slug: facts(actor) for actor in Actor.objects.all()} == before


# What a form lets somebody write, and a spreadsheet would run or mangle.
WRITTEN = (
    st.text(alphabet=st.sampled_from("=+-@'\"|;,\\ 0123456789eE.abÉ€\n"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not text.startswith("'"))
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=WRITTEN, city=WRITTEN, layout=st.sampled_from(["csv", "xlsx"]))
def test_whatever_was_written_comes_back_as_it_was(desk, name, city, layout):
    Actor.objects.all().delete()
    actor = network.actor(name=f"A{name}", city=city)
    content = export(desk, layout)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows_of(content, layout) for cell in row)
    before = facts(actor)
    bring_back(desk, content, layout)
    assert facts(Actor.objects.get()) == before


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "'=1"])
def test_formulas_are_harmless_in_a_spreadsheet(desk, layout, formula):
    network.actor(name=formula, city=formula)
    name, city = (rows_of(export(desk, layout), layout)[1][place] for place in (0, 8))
    assert name == city == f"'{formula}"
    if layout == "xlsx":
        sheet = load_workbook(io.BytesIO(export(desk, layout))).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_only_what_was_asked_for_goes_out(desk):
    network.actor(name="Ici", state="draft", kind="ngo", territories=["74"], themes=[6])
    network.actor(name="Ailleurs", state="approved", kind="company", territories=["SN"], themes=[7])

    def names(**filters: str) -> list[str]:
        return [row[0] for row in rows_of(export(desk, "csv", **filters), "csv")[1:]]

    assert names() == ["Ailleurs", "Ici"]
    assert names(state="draft") == names(kind="ngo") == names(territory="haute-savoie") == names(theme="6") == ["Ici"]
    assert names(state="draft", theme="7") == []


@pytest.mark.parametrize("filters", [{"layout": "exe"}, {"layout": "csv", "territory": "Bordurie"},
                                     {"layout": "csv", "theme": "99"}, {"layout": "csv", "state": "\x00"}])  # fmt: skip
def test_a_filter_that_cannot_be_read_is_told_and_nothing_goes_out(desk, filters):
    answer = desk.client.get(desk.url("export"), filters)
    assert (answer.status_code, "errornote" in answer.content.decode()) == (200, True)


def test_what_no_spreadsheet_holds_is_left_out(desk):
    network.actor(name="Bruit\x0b de fond", description="a\r\nb")
    for layout in ("csv", "xlsx"):
        assert rows_of(export(desk, layout), layout)[1][0] == "Bruit de fond"


def test_an_export_costs_the_same_queries_whatever_its_length(desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            export(desk, "csv")
        return len(caught)

    full_actor()
    with_one = queries()
    for number in range(3):
        full_actor(slug=f"autre-{number}")
    assert queries() == with_one


def test_the_model_sheet_imports_as_it_is(desk):
    assert len(sample_rows()) == 2
    for layout in ("csv", "xlsx"):
        answer = desk.client.get(desk.url("export").replace("exporter/", f"modele.{layout}"))
        run = bring_back(desk, b"".join(answer.streaming_content), layout)
        work.go_on(run.pk)
        assert Actor.objects.get().name == "Les Jardins du Salève"


def test_who_may_not_see_actors_takes_none_out(desk):
    client = Client()
    client.force_login(people.verified(is_staff=True))
    assert client.get(desk.url("export"), {"layout": "csv"}).status_code == 403
