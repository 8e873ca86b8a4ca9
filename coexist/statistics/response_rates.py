"""How each actor answers what it is asked; for the animators alone.

Asked: a mail left for it, about a need, in the period. Answered: yes or no, on the site or from the mail.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Count, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from projects.matching import ledger
from projects.matching.models import Match, Refusal, Solicitation

from .periods import Period

MOST_ROWS = 50_000  # of the sheet
ORDERS = {
    "rate": ("rate", "-asked"),
    "-rate": ("-rate", "-asked"),
    "asked": ("-asked",),
    "accepted": ("-accepted", "-asked"),
    "name": ("actor__name_key",),
}
FIRST = "asked"
MOMENT = timedelta(microseconds=1)  # the ledger's spans leave their first moment out, and take their last


def rates(period: Period, order: str = FIRST) -> QuerySet:
    """A dictionary for each actor asked: `name`, `slug`, `asked`, `answered`, `accepted` (needs), `rate` (0 to 1)."""
    pair = {"need": OuterRef("need"), "actor": OuterRef("actor")}
    yes = Q(Exists(Match.objects.interested().filter(**pair)))
    no = Q(Exists(Refusal.objects.filter(by_actor=True, **pair)))
    asked = Solicitation.objects.filter(asked_in(period)).order_by()
    counted = asked.values("actor").annotate(
        name=F("actor__name"),
        slug=F("actor__slug"),
        asked=Count("need", distinct=True),
        answered=Count("need", distinct=True, filter=yes | no),
        accepted=Count("need", distinct=True, filter=yes),
    )
    rate = ExpressionWrapper(1.0 * F("answered") / F("asked"), FloatField())
    return counted.annotate(rate=rate).order_by(*ORDERS[order], "actor")


def asked_in(period: Period) -> Q:
    """The ledger's own words, from the first moment of the period to its last."""
    return ledger.left(period.since - MOMENT, period.until - MOMENT)


def sheet(rows: QuerySet) -> Iterator[Sequence[str]]:
    yield [_("Acteur"), _("Sollicité pour (besoins)"), _("Réponses"), _("Réponses positives"), _("Taux de réponse (%)")]
    for row in rows[:MOST_ROWS].iterator(chunk_size=500):
        yield [
            row["name"], str(row["asked"]), str(row["answered"]), str(row["accepted"]), str(percentage(row["rate"]))
        ]  # fmt: skip


def percentage(rate: float) -> int:
    return round(100 * rate)
