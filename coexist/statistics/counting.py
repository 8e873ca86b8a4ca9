"""What is counted, in the words of the rooms that hold it: no figure has a rule of its own.

posted       NeedQuerySet.public
answered     MatchQuerySet.interested: an actor offered itself, or said yes to the project (a refusal is no answer)
accepted     IntroductionQuerySet.ever_accepted
partnership  PartnershipQuerySet.between_approved
solicited    ledger.left: a mail that asks for it has left
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)  # fmt: skip
from django.db.models.functions import TruncMonth

from projects.achievements.models import Achievement
from projects.enums import NeedState
from projects.following.models import Partnership
from projects.following.stages import PartnershipStage
from projects.matching import ledger
from projects.matching.models import Match, Solicitation
from projects.models import Need
from projects.partnerships.models import Introduction

from .periods import Period

EVER = datetime(2000, 1, 1, tzinfo=UTC)
OF_NEED = {"need": OuterRef("pk")}


class Median(Aggregate):
    """The value in the middle (PostgreSQL's percentile_cont); None of none."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Duration:
    """A median, in days, and of how many cases."""

    days: float | None
    cases: int


def posted() -> QuerySet[Need]:
    return Need.objects.public().exclude(published_at=None).order_by()


def partnerships() -> QuerySet[Partnership]:
    return Partnership.objects.between_approved().order_by()


def reached(step: str) -> Q:
    """Needs that have come so far."""
    return {
        "posted": Q(),
        "filled": Q(state=NeedState.FILLED),
        "matched": Q(Exists(Match.objects.found().filter(**OF_NEED))),
        "solicited": Q(Exists(Solicitation.objects.filter(ledger.left(EVER), **OF_NEED))),
        "answered": Q(Exists(Match.objects.interested().filter(**OF_NEED))),
        "accepted": Q(Exists(Introduction.objects.ever_accepted().filter(**OF_NEED))),
        "partnership": Q(Exists(partnerships().filter(**OF_NEED))),
        "completed": Q(Exists(partnerships().filter(stage=PartnershipStage.COMPLETED, **OF_NEED))),
        "achievement": _told(),
    }[step]


def steps(needs: QuerySet[Need], *names: str) -> dict[str, int]:
    """How many of `needs` have come to each step, in one query."""
    return needs.aggregate(**{name: Count("pk", filter=reached(name)) for name in names})


def delays(needs: QuerySet[Need]) -> dict[str, Duration]:
    """Median time from a need's publication to its first answer, and to its first partnership, in one query."""
    firsts = {
        "first_answer": _first(Match.objects.interested().filter(**OF_NEED), "interested_at"),
        "first_partnership": _first(partnerships().filter(**OF_NEED), "created_at"),
    }
    taken = {name: ExpressionWrapper(F(f"at_{name}") - F("published_at"), DurationField()) for name in firsts}
    found = needs.annotate(**{f"at_{name}": first for name, first in firsts.items()}).aggregate(
        **{name: Median(expression) for name, expression in taken.items()},
        **{f"{name}_cases": Count(f"at_{name}") for name in firsts},
    )
    return {name: Duration(_days(found[name]), found[f"{name}_cases"]) for name in firsts}


def by_month(rows: QuerySet, field: str, period: Period) -> dict[date, int]:
    """Rows in each month of the site's time zone; the months without any are there too."""
    counted = (
        rows.filter(period.holds(field)).order_by().annotate(month=TruncMonth(field, output_field=DateTimeField()))
    )
    found = {month.date(): number for month, number in counted.values_list("month").annotate(number=Count("pk"))}
    return {month: found.get(month, 0) for month in period.months}


def in_both(rows: QuerySet, field: str, period: Period) -> tuple[int, int]:
    """How many lie in the period, and in the one before, in one query."""
    now, before = period.holds(field), period.previous.holds(field)
    found = rows.filter(now | before).order_by().aggregate(
        now=Count("pk", filter=now), before=Count("pk", filter=before)
    )  # fmt: skip
    return found["now"], found["before"]


def by_stage(rows: QuerySet[Partnership]) -> dict[str, int]:
    found = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    return {stage: found.get(stage, 0) for stage in PartnershipStage.values}


def _told() -> Q:
    return Q(Exists(Achievement.objects.public().filter(partnership__need=OuterRef("pk"))))


def _first(rows: QuerySet, field: str) -> Subquery:
    return Subquery(rows.order_by().values("need").annotate(first=Min(field)).values("first"))


def _days(taken: timedelta | None) -> float | None:
    return None if taken is None else round(max(taken, timedelta()) / timedelta(days=1), 1)
