"""How long what two sides wrote to each other is kept."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .models import Introduction

WORDS_KEPT = 5 * 365  # days

register_rule(
    RetentionRule(
        "introductions",
        what=_("Messages et réponses des mises en relation"),
        period=_("5 ans après la demande"),
        action=_("les textes sont effacés ; qui a rencontré qui, et quand, reste"),
        why=_("suivre un partenariat, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: Introduction.objects.filter(created_at__lt=days_ago(WORDS_KEPT)).exclude(
            Q(message="") & Q(reply="")
        ),
        apply=lambda introductions: introductions.update(message="", reply=""),
    )
)
