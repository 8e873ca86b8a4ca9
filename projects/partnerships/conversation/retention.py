"""How long threads are kept: as the requests that began them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from ..retention import WORDS_KEPT
from .models import Attachment, IntroductionStep, Message


def _wipe(messages: QuerySet) -> Any:
    """The files themselves are forgotten the next night (uploads/orphans.py)."""
    Attachment.objects.filter(message__in=messages.values("pk")).delete()
    messages.update(text="")


register_rule(
    RetentionRule(
        "thread_messages",
        what=_("Messages et pièces jointes des échanges"),
        period=_("5 ans après le message"),
        action=_("textes et fichiers sont effacés ; qui a écrit, et quand, reste"),
        why=_("suivre un partenariat, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: Message.objects.filter(created_at__lt=days_ago(WORDS_KEPT)).filter(
            ~Q(text="") | Exists(Attachment.objects.filter(message=OuterRef("pk")))
        ),
        apply=_wipe,
    )
)
register_rule(
    RetentionRule(
        "introduction_steps",
        what=_("Raisons données à la fin d'un échange"),
        period=_("5 ans après l'étape"),
        action=_("la raison est effacée ; l'étape et sa date restent"),
        why=_("suivre un partenariat, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: IntroductionStep.objects.filter(at__lt=days_ago(WORDS_KEPT)).exclude(why=""),
        apply=lambda steps: steps.update(why=""),
    )
)
