"""The pages, their charts and their sheets: one figure each, whoever looks."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from coexist.statistics import charts, public, report
from coexist.statistics.figures import Drawn, Figure, row, sheet, shown
from tests.factories import achievements, network, people
from tests.statistics import rows

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20
MOST_OF_A_PERIOD = 25  # those of the person included


def some_rows() -> None:
    lead = rows.approved(kind="company", themes=[6], territories=["SN"], days=40)
    for days in (2, 50, 100):
        other = rows.approved(days=days, themes=[13], territories=["74"])
        need = rows.posted(lead, days=days)
        rows.answered(need, other)
        rows.solicited(need, other, at=need.published_at)
        rows.partnership(lead, other, need=need)


def read_sheet(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


def table_of(page: str, code: str) -> list[list[str]]:
    section = re.search(rf'<section class="key-figure" aria-labelledby="{code}">.*?</section>', page, re.DOTALL)[0]
    lines = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)
    return [[cell.strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines]


def test_table_and_sheet_say_the_same(client):
    some_rows()
    page = client.get(reverse("key-figures")).content.decode().replace("&#x27;", "'")
    for figure in public.figures(public.counted()):
        in_sheet = read_sheet(client.get(reverse("key-figures-sheet", args=[figure.code])))
        assert table_of(page, figure.code) == (in_sheet if figure.rows else []), figure.code
        assert len(in_sheet) == len(figure.rows) + 1


def test_the_chart_says_what_the_table_says():
    some_rows()
    for figure in public.figures(public.count()):
        drawn = charts.bar_chart(figure)
        if drawn is not None:
            assert [group.label for group in drawn.groups] == [row.label for row in figure.rows]
            assert [[bar.text for bar in group.bars] for group in drawn.groups] == [row.texts for row in figure.rows]
            assert all(bar.width <= drawn.width for group in drawn.groups for bar in group.bars)
        for column, chart in enumerate(charts.month_charts(figure)):
            highest = int(chart.rules[-1].text.replace("\u202f", ""))
            bottom, top = chart.rules[0].at, chart.rules[-1].at
            told = [round((bottom - y) * highest / (bottom - top)) for _x, y in chart.dots]
            assert told == [row.values[column] for row in figure.rows]


def test_bars_are_as_long_as_their_numbers():
    figure = Figure("a", "A", ("B",), ("C",), [row("x", 50), row("y", 100), row("z", None), row("w", 0)])
    half, whole, few, nothing = (group.bars[0] for group in charts.bar_chart(figure).groups)
    assert whole.width == 2 * half.width > 0
    assert (few.width, few.text) == (0, "moins de cinq cas")
    assert (nothing.width, nothing.text) == (0, "0")


def test_nothing_yet_is_a_page_too(client):
    page = client.get(reverse("key-figures"))
    assert page.status_code == 200
    assert charts.bar_chart(Figure("a", "A", ("B",), ("C",), [row("x", 0)])).groups[0].bars[0].width == 0
    assert charts.month_charts(Figure("a", "A", ("B",), ("C",), [row("x", 0)], Drawn.MONTHS))[0].points


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 9, 10, 11, 99, 100, 101, 12_345, 100_000])
def test_a_scale_has_few_lines_and_holds_the_highest(highest):
    figure = Figure("a", "A", ("B",), ("C",), [row("x", 0), row("y", highest)], Drawn.MONTHS)
    (chart,) = charts.month_charts(figure)
    assert 2 <= len(chart.rules) <= 6
    assert min(y for _x, y in chart.dots) >= charts.TOP


def test_a_chart_is_an_image_with_words_in_any_language(client):
    some_rows()
    for language in ("fr", "en"):
        with translation.override(language):
            page = client.get(reverse("key-figures"), headers={"accept-language": language}).content.decode()
        images = re.findall(r"<svg class=\"chart\".*?</svg>", page, re.DOTALL)
        assert len(images) == 3 + 4  # months, then actors, needs, goals, territories
        for image in images:
            assert 'role="img"' in image
            title, description = re.search(r'aria-labelledby="(\S+) (\S+)"', image).groups()
            assert re.search(rf'<title id="{title}">[^<]+</title>', image)
            assert re.search(rf'<desc id="{description}">[^<]+</desc>', image)
            numbers = re.findall(r' (?:x|y|cx|cy|width|height|x1|y1)="([^"]*)"', image)
            assert all(number.isdigit() for number in numbers), "a decimal comma is no SVG"


def test_who_may_read_what(client):
    address = reverse("report")
    assert client.get(address).status_code == 302
    client.force_login(people.verified())
    assert client.get(address).status_code == 403
    staff = people.verified(is_staff=True)
    client.force_login(staff)
    assert client.get(address).status_code == 403
    client.force_login(people.animator())
    assert client.get(address).status_code == 200
    assert reverse("report") in client.get(reverse("key-figures")).content.decode()
    assert reverse("report") in client.get(reverse("admin:index")).content.decode()


def test_no_name_but_on_the_animators_list(client):
    lead, other = rows.approved(name="Porteur Secret"), rows.approved(name="Donneur Secret")
    need = rows.posted(lead, days=5, title="Besoin Secret")
    rows.solicited(need, other)
    rows.partnership(lead, other, need=need, title="Partenariat Secret")
    client.force_login(people.animator())
    for name in ("key-figures", "report", "report-print"):
        assert "Secret" not in client.get(reverse(name)).content.decode()
    assert "Donneur Secret" in client.get(reverse("report-actors")).content.decode()


def test_every_sheet_of_a_period(client):
    some_rows()
    client.force_login(people.animator())
    today = timezone.localdate()
    days = {"start": today - timedelta(days=200), "end": today}
    for code in report.FIGURES:
        lines = read_sheet(client.get(reverse("report-sheet", args=[code]), days))
        assert len({len(line) for line in lines}) == 1
        assert len(lines) > 1 or code == "competences-manquantes", code
    assert client.get(reverse("report-sheet", args=["inconnu"]), days).status_code == 404
    assert client.get(reverse("key-figures-sheet", args=["parcours"])).status_code == 404


def test_a_name_is_no_formula(client):
    lead = rows.approved()
    rows.solicited(rows.posted(lead, days=5), rows.approved(name='=HYPERLINK("http://x.example")'))
    client.force_login(people.animator())
    sheet_of_actors = read_sheet(client.get(reverse("report-actors-sheet")))
    assert sheet_of_actors[1][0] == '\'=HYPERLINK("http://x.example")'


def test_the_list_of_actors_has_pages_and_any_address_shows_one(client):
    lead = rows.approved()
    need = rows.posted(lead, days=5)
    for number in range(27):
        rows.solicited(need, rows.approved(name=f"Acteur sollicité {number:02}"))
    client.force_login(people.animator())
    first = client.get(reverse("report-actors"), {"sort": "name"})
    assert len(first.context["rows"]) == 25
    assert "page=2" in first.content.decode()
    hostile = {"sort": "actor__password", "page": "999999999999999999999", "preset": "x", "start": "\x00"}
    assert client.get(reverse("report-actors"), hostile).status_code == 200


def test_a_wrong_period_says_so_and_keeps_what_was_typed(client):
    client.force_login(people.animator())
    page = client.get(reverse("report"), {"start": "2026-03-02", "end": "2026-03-01"}).content.decode()
    assert "avant celle du début" in page
    assert 'value="2026-03-02"' in page


def test_few_queries_however_much_there_is(client):
    some_rows()
    with_some = _queries(client, "key-figures")
    some_rows()
    assert _queries(client, "key-figures") == with_some <= MOST_QUERIES
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("key-figures"))
    assert len(caught) == 0, "counted again although it was a moment ago"


@pytest.mark.parametrize("name", ["report", "report-actors", "report-print"])
def test_few_queries_for_a_period(client, name):
    client.force_login(people.animator())
    some_rows()
    with_some = _queries(client, name)
    some_rows()
    assert _queries(client, name) == with_some <= MOST_OF_A_PERIOD


def _queries(client, name: str) -> int:
    client.get(reverse(name))
    caches["memory"].clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name)).status_code == 200
    return len(caught)


def test_what_is_hidden_is_gone_after_minutes(client):
    actor = rows.approved(kind="university")
    assert client.get(reverse("key-figures")).context["counted"].actors == 1
    network.actor(kind="university")
    type(actor).objects.update(state="suspended")
    caches["memory"].clear()
    assert client.get(reverse("key-figures")).context["counted"].actors == 0
    assert public.KEPT_FOR <= 600


def test_only_achievements_that_are_public_are_counted(client):
    published = achievements.published(network.actor(), network.actor())
    achievements.achievement(network.actor(), network.actor())
    assert client.get(reverse("key-figures")).context["counted"].achievements == 1
    published.contributions.first().actor.__class__.objects.update(state="suspended")
    caches["memory"].clear()
    assert client.get(reverse("key-figures")).context["counted"].achievements == 0


def test_numbers_are_written_for_people_and_for_spreadsheets():
    figure = Figure("a", "A", ("B",), ("C",), [row("x", 12_345), row("y", 3.5), row("z", 4.0)])
    assert [shown(each.values[0]) for each in figure.rows] == ["12\u202f345", "3,5", "4"]
    assert [line[1] for line in sheet(figure)] == ["C", "12345", "3,5", "4"]
