"""Random bytes and random sheets: never an error page, and nothing stored that was refused."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.imports import work
from actors.imports.columns import COLUMNS
from actors.imports.models import ImportRun
from actors.models import Actor
from tests.imports import mistakes
from tests.imports.desk import Desk
from tests.imports.sheets import as_csv, as_xlsx

pytestmark = pytest.mark.django_db
SHEETS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a", "../../etc/passwd", "é\u202e.csv", "x" * 300 + ".csv"])
BAD = [value for _column, _code, fields in mistakes.MISTAKES for value in fields.values()]
GOOD = ["Atelier", "ONG", "74100", "fr", "6;7", "Haute-Savoie", "a@b.example", "https://a.example", "732829320", ""]
CELLS = st.one_of(st.sampled_from(BAD + GOOD), st.text(max_size=60))
PRINTABLE = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff")
XLSX_CELLS = st.one_of(
    st.sampled_from([None, True, 1e22, -0.0, 12345678901234567890, 1.5]), st.datetimes(), st.times(), st.dates(),
    st.text(alphabet=PRINTABLE, max_size=40),
)  # fmt: skip
ANY_HEADINGS = st.lists(
    st.one_of(st.sampled_from([str(column.label) for column in COLUMNS]), st.text(max_size=20)), min_size=1, max_size=12
)


def walk(desk: Desk, content: bytes, name: str) -> None:
    """Through every step, taking whatever was guessed; each page must answer."""
    answer = desk.send(content, name)
    assert answer.status_code in (200, 302)
    run = ImportRun.objects.order_by("-pk").first()
    if answer.status_code == 200 or run is None:
        return
    assert desk.client.get(desk.url("mapping", run)).status_code == 200
    assert desk.map(run, default_kind="ngo").status_code in (200, 302)
    for step in ("preview", "problems", "launch", "progress"):
        assert desk.client.get(desk.url(step, run)).status_code in (200, 302), step
    assert desk.launch(run, "approved").status_code == 302
    assert desk.client.get(desk.url("progress", run)).status_code in (200, 302)
    problems = [problem for line in run.lines.all() for problem in line.problems if problem["code"] == "unexpected"]
    assert problems == []
    work.go_on(run.pk)
    everything_stored_is_right()


def everything_stored_is_right() -> None:
    for actor in Actor.objects.all():
        try:
            actor.clean_fields()
        except ValidationError as error:  # pragma: no cover
            raise AssertionError(f"{actor.pk}: {error}") from error
        assert not any("\x00" in str(value) or "<script" in str(value) for value in vars(actor).values())


@SHEETS
@given(content=st.binary(max_size=400), name=NAMES)
def test_random_bytes(desk, content, name):
    walk(desk, content, name)


@SHEETS
@given(
    start=st.sampled_from([b"PK\x03\x04", b"Nom;Type\n", b"\xef\xbb\xbf", b"\xff\xfeN\x00"]),
    rest=st.binary(max_size=200),
)
def test_bytes_that_start_like_a_sheet(desk, start, rest):
    walk(desk, start + rest, "a.csv")
    walk(desk, start + rest, "a.xlsx")


@SHEETS
@given(headings=ANY_HEADINGS, rows=st.lists(st.lists(CELLS, max_size=14), min_size=1, max_size=6))
def test_random_texts(desk, headings, rows):
    content = as_csv([["Nom", *headings], *rows])
    walk(desk, content, "a.csv")


@SHEETS
@given(changes=st.lists(st.dictionaries(st.sampled_from(mistakes.COLUMNS), CELLS, max_size=3), min_size=1, max_size=6))
def test_random_values_in_lines_that_were_right(desk, changes):
    rows = [mistakes.line(**fields) for fields in changes]
    walk(desk, as_csv([list(mistakes.HEADINGS), *rows]), "a.csv")


@SHEETS
@given(rows=st.lists(st.lists(XLSX_CELLS, min_size=1, max_size=10), min_size=1, max_size=5))
def test_random_workbooks(desk, rows):
    walk(desk, as_xlsx([[str(column.label) for column in COLUMNS[:10]], *rows]), "a.xlsx")
