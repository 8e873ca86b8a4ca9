"""How long what two sides wrote about a loan is kept."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .models import LoanRequest, LoanStep

WORDS_KEPT = 5 * 365  # days


def _due() -> QuerySet:
    said = Exists(LoanStep.objects.filter(loan=OuterRef("pk")).exclude(why=""))
    return LoanRequest.objects.filter(~Q(message="") | said, ends_on__lt=days_ago(WORDS_KEPT).date())


def _wipe(loans: QuerySet) -> None:
    LoanStep.objects.filter(loan__in=loans).update(why="")
    loans.update(message="")


register_rule(
    RetentionRule(
        "loans",
        what=_("Messages et réponses des demandes d'emprunt"),
        period=_("5 ans après le dernier jour demandé"),
        action=_("les textes sont effacés ; qui a emprunté quoi, et quand, reste"),
        why=_("suivre un prêt, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=_due,
        apply=_wipe,
    )
)
