"""Every kind of mistake is told beside its cell, and nothing that was refused is stored."""

import pytest

from actors.imports.columns import guess
from actors.imports.models import ImportRun
from actors.imports.problems import SENTENCES
from actors.models import Actor
from tests.imports import mistakes
from tests.imports.sheets import as_csv

pytestmark = pytest.mark.django_db


def test_the_headings_of_the_sheet_are_all_known():
    assert len(guess(list(mistakes.HEADINGS))) == len(mistakes.HEADINGS)


def test_each_mistake_is_told_and_only_right_lines_are_written(desk):
    rows = mistakes.sheet()
    assert len(rows) == 301
    desk.send(as_csv(rows))
    run = ImportRun.objects.get()
    desk.map(run)
    told = {(one["column"], one["code"]) for line in run.lines.all() for one in line.problems}
    wanted = {(column, code) for column, code, _fields in [*mistakes.MISTAKES, *mistakes.WARNINGS]}
    assert wanted - told == set()
    assert told - wanted == {("", "same_line")}
    assert len({code for _column, code in told}) >= 20
    blocked = run.lines.blocked()
    assert blocked.count() == len(mistakes.MISTAKES)
    desk.launch(run)
    assert Actor.objects.count() == mistakes.RIGHT + len(mistakes.WARNINGS)
    assert not Actor.objects.filter(name__in=[line.values.get("name") for line in blocked]).exists()


def test_each_sentence_takes_its_parameters():
    every = {"length": 1, "most": 1, "least": 1, "count": 1, "value": "x", "title": "x", "country": "FR", "number": 2}
    for code, text in SENTENCES.items():
        assert str(text) % every, code


def test_each_mistake_shows_on_the_page(desk):
    rows = [mistakes.line(**fields) for _column, _code, fields in mistakes.MISTAKES[:20]]
    run = desk.check(rows, mistakes.HEADINGS)
    page = desk.client.get(desk.url("preview", run)).content.decode()
    assert page.count("import-problem") >= 20
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
