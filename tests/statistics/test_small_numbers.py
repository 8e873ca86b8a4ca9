"""What a few did is told to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coexist.statistics import public, small
from coexist.statistics.figures import sheet
from tests.statistics import rows
from tests.statistics.test_public_figures import figure, values

FEW = "moins de cinq cas"


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)))
def test_no_part_is_small_and_nothing_is_lost(parts):
    joined = small.together(parts)
    if sum(parts.values()) < small.FEWEST:
        assert joined == []
    else:
        assert all(number >= small.FEWEST for _keys, number in joined)
        assert sum(number for _keys, number in joined) == sum(parts.values())
        assert sorted(key for keys, _number in joined for key in keys) == sorted(parts)


def test_a_single_small_part_cannot_be_worked_out_from_the_others():
    assert small.together({"a": 9, "b": 1, "c": 7}) == [(("a",), 9), (("b", "c"), 8)]
    assert small.together({"a": 9, "b": 2, "c": 3}) == [(("a",), 9), (("b", "c"), 5)]


@pytest.mark.django_db
@pytest.mark.parametrize(("cases", "is_told"), [(4, False), (5, True)])
def test_answers_and_delays_are_told_from_five_cases(cases, is_told):
    lead, other = rows.approved(), rows.approved()
    for _number in range(cases):
        need = rows.posted(lead, days=20)
        rows.answered(need, other, after=3)
        rows.partnership(lead, other, need=need, at=rows.days_ago(10))
    answers = values(figure("besoins"))["Qui ont reçu une réponse"]
    first, _partnership = figure("delais").rows
    assert answers == ((cases,) if is_told else (None,))
    assert first.values == ((3.0,) if is_told else (None,))


@pytest.mark.django_db
def test_the_page_says_so_and_its_sheet_too(client):
    lead, other = rows.approved(), rows.approved()
    need = rows.posted(lead, days=20)
    rows.answered(need, other, after=7)
    rows.partnership(lead, other, stage="abandoned", need=need)
    page = client.get("/chiffres/").content.decode()
    assert page.count(FEW) >= 4
    assert "Abandonné" not in page
    assert FEW in client.get("/chiffres/delais.csv").getvalue().decode()
    assert "7" not in client.get("/chiffres/delais.csv").getvalue().decode()


@pytest.mark.django_db
def test_small_stages_are_told_together():
    one, two = rows.approved(), rows.approved()
    for stage, number in (("completed", 6), ("under_way", 5), ("abandoned", 1)):
        for _row in range(number):
            rows.partnership(one, two, stage=stage)
    found = figure("partenariats")
    assert [row.values for row in found.rows] == [(6,), (6,)]
    assert found.rows[0].label == "Terminé"
    assert "En cours" in found.rows[1].label
    assert "Abandonné" in found.rows[1].label
    assert public.count().partnerships == 12
    assert len(list(sheet(found))) == 3
