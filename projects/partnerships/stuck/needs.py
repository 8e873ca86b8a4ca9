"""Which needs have no taker, for how long, and what was tried for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from coexist.common.mail.enums import MailState
from projects.matching.models import Refusal, Solicitation
from projects.models import Need
from projects.querysets import NeedQuerySet

from ..enums import IntroductionState, Side
from ..models import Introduction

DAYS = (9, 21, 45)
MOST_TRIES = 200
# Solicitations whose mail was written and not taken back.
_LEFT = Q(solicitations__mail__isnull=False) & ~Q(solicitations__mail__state=MailState.CANCELLED)
# Somebody is there: an actor that offers itself, or one that said yes.
TAKES = Q(state=IntroductionState.ACCEPTED) | Q(state=IntroductionState.PROPOSED, side=Side.ACTOR)


def stuck_needs(days: int = DAYS[0]) -> NeedQuerySet:
    """Open needs that nobody has taken since `days`, the longest wait first."""
    old = Need.objects.open().filter(published_at__lte=timezone.now() - timedelta(days=days))
    return old.exclude(Exists(Introduction.objects.filter(TAKES, need=OuterRef("pk")))).order_by("published_at", "pk")


def between(days: int) -> NeedQuerySet:
    """Those of one step: 9 to 20 days, 21 to 44, 45 and more."""
    later = next((more for more in DAYS if more > days), None)
    needs = stuck_needs(days)
    return needs if later is None else needs.filter(published_at__gt=timezone.now() - timedelta(days=later))


def with_tries(needs: NeedQuerySet) -> NeedQuerySet:
    """How many actors were asked, and how many refused."""
    asked = Count("solicitations__actor", distinct=True, filter=_LEFT)
    return needs.with_card_data().annotate(asked=asked, refused=Count("refusals", distinct=True))


def has_taker(need: Need) -> bool:
    return Introduction.objects.filter(TAKES, need=need).exists()


def days_open(need: Need) -> int:
    return (timezone.now() - need.published_at).days if need.published_at else 0


def step_of(need: Need) -> int:
    """9, 21 or 45; 0 before."""
    return max((days for days in DAYS if days_open(need) >= days), default=0)


def actors_asked(need: Need) -> int:
    """Whose mail was not taken back."""
    return with_tries(Need.objects.filter(pk=need.pk)).values_list("asked", flat=True)[0]


@dataclass(frozen=True)
class Tried:
    asked: list[Solicitation]
    refusals: list[Refusal]
    introductions: list[Introduction]
    first: datetime | None


def tried_for(need: Need) -> Tried:
    """From the ledger, in order of time: who was proposed, asked, reminded; who refused, and why."""
    asked = Solicitation.objects.filter(need=need).select_related("actor", "person", "mail")
    rows = list(asked.order_by("created_at", "pk")[:MOST_TRIES])
    refusals = Refusal.objects.filter(need=need).select_related("actor").order_by("created_at", "pk")
    introductions = Introduction.objects.filter(need=need).with_card_data().order_by("created_at", "pk")
    return Tried(
        asked=rows, refusals=list(refusals[:MOST_TRIES]), introductions=list(introductions[:MOST_TRIES]),
        first=rows[0].created_at if rows else None,
    )  # fmt: skip
