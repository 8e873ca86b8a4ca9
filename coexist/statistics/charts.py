"""Charts as whole numbers on a grid: the template writes them as SVG, the site's style sheet gives the colours.

Each is made of a figure and of nothing else, so that it says what the table says.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .figures import Drawn, Figure, Row, Value, shown

WIDTH = 480
BAR, GAP, LABEL = 16, 5, 22  # heights: a bar, the room after it, the line of its label
BESIDE = 128  # room for the number beside the longest bar
TOP, BOTTOM, LEFT, PLOT = 16, 26, 40, 150  # of a chart of months
STEPS = (1, 2, 5, 10)
LETTERS = 62  # of a label, in the width of a chart


@dataclass(frozen=True)
class Bar:
    y: int
    width: int
    text: str
    kind: int  # which of the columns: each has a colour and a pattern of its own

    @property
    def text_x(self) -> int:
        return self.width + 8

    @property
    def text_y(self) -> int:
        return self.y + BAR - 3


@dataclass(frozen=True)
class Group:
    label: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class BarChart:
    code: str
    title: str
    described: str
    height: int
    groups: list[Group]
    columns: list[str]
    width: int = WIDTH
    thick: int = BAR


@dataclass(frozen=True)
class Tick:
    """A text on an axis, and where along it."""

    at: int
    text: str

    @property
    def text_at(self) -> int:
        """Where a line of text stands that is level with it."""
        return self.at + 5


@dataclass(frozen=True)
class MonthChart:
    code: str
    title: str
    described: str
    points: str
    dots: list[tuple[int, int]]
    rules: list[Tick]
    months: list[Tick]
    width: int = WIDTH
    height: int = TOP + PLOT + BOTTOM
    left: int = LEFT
    scale_x: int = LEFT - 6
    months_at: int = TOP + PLOT + 20


def bar_chart(figure: Figure) -> BarChart | None:
    """Bars that lie, under their labels: readable on a phone, however long the labels."""
    if figure.drawn is not Drawn.BARS or not figure.rows:
        return None
    longest = max((value or 0 for row in figure.rows for value in row.values), default=0)
    groups, y = [], 0
    for row in figure.rows:
        top, y = y, y + LABEL
        bars = []
        for kind, value in enumerate(row.values):
            bars.append(Bar(y, _scaled(value, longest, WIDTH - BESIDE), shown(value), kind))
            y += BAR + GAP
        groups.append(Group(_fitted(row.label), top + LABEL - 7, bars))
        y += GAP
    return BarChart(figure.code, figure.title, _described(figure.rows, 0), y, groups, list(figure.columns))


def month_charts(figure: Figure) -> list[MonthChart]:
    """A line for each column, each on its own scale."""
    if figure.drawn is not Drawn.MONTHS or not figure.rows:
        return []
    return [_months(figure, column) for column in range(len(figure.columns))]


def _months(figure: Figure, column: int) -> MonthChart:
    values = [row.values[column] or 0 for row in figure.rows]
    step = _step(max(values))
    highest = max(step, -(-int(max(values)) // step) * step)
    places = _spread(len(values))
    dots = [(x, TOP + PLOT - _scaled(value, highest, PLOT)) for x, value in zip(places, values, strict=True)]
    last = len(values) - 1
    return MonthChart(
        code=f"{figure.code}-{column + 1}",
        title=figure.columns[column],
        described=_described(figure.rows, column),
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        rules=[
            Tick(TOP + PLOT - _scaled(value, highest, PLOT), shown(value)) for value in range(0, highest + 1, step)
        ],
        months=[
            Tick(places[number], figure.rows[number].label) for number in sorted({0, last // 2, last})
        ],
    )  # fmt: skip


def _spread(number: int) -> list[int]:
    room = WIDTH - LEFT - 30
    return [LEFT + 10 + (room * place // (number - 1) if number > 1 else 0) for place in range(number)]


def _step(highest: Value) -> int:
    """Between the lines of a scale: 1, 2 or 5 times a power of ten, four lines or five."""
    wanted, power = (highest or 0) / 4, 1
    while wanted > power * 10:
        power *= 10
    return next(step for step in (one * power for one in STEPS) if step >= wanted)


def _scaled(value: Value, of: Value, room: int) -> int:
    return round((value or 0) * room / of) if of else 0


def _fitted(label: str) -> str:
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1].rstrip()}…"


def _described(rows: list[Row], column: int) -> str:
    """What somebody who cannot see the chart is told of it; the table beside it has every number."""
    known = [row for row in rows if row.values[column] is not None]
    if not known:
        return _("Le tableau qui suit donne les mêmes chiffres.")
    highest = max(known, key=lambda row: row.values[column] or 0)
    return _("Le plus grand nombre : %(label)s (%(number)s). Le tableau donne les mêmes chiffres.") % {
        "label": highest.label,
        "number": shown(highest.values[column]),
    }
