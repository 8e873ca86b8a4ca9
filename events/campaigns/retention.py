"""How long the people are known who proposed something without an account."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .models import Activity, Support, Unconfirmed

KEPT = timedelta(days=180)
UNCONFIRMED_DAYS = 3
_NOBODY = {"proposer_name": "", "proposer_email": ""}


def _known(model: Any) -> QuerySet:
    over = model.objects.filter(campaign__last_day__lt=timezone.localdate() - KEPT)
    return over.exclude(Q(proposer_name="") & Q(proposer_email=""))


for _model, _what in (
    (Activity, _("Activités d'une campagne : nom et e-mail de qui les a proposées sans compte")),
    (Support, _("Soutiens d'une campagne : nom et e-mail de qui les a demandés ou offerts sans compte")),
):
    register_rule(
        RetentionRule(
            f"campaign_{_model._meta.model_name}_proposers",
            what=_what,
            period=_("180 jours après le dernier jour de la campagne"),
            action=_("le nom et l'adresse sont effacés ; la structure et les décisions restent"),
            why=_("préparer l'activité, et en faire le bilan avec qui l'a proposée"),
            source=_("RGPD, art. 5(1)(e)"),
            rows=partial(_known, _model),
            apply=lambda rows: rows.update(**_NOBODY),
        )
    )
register_rule(
    RetentionRule(
        "campaign_unconfirmed",
        what=_("Propositions dont l'adresse n'a pas été confirmée"),
        period=_("3 jours après l'envoi"),
        action=_("suppression"),
        why=_("laisser le temps d'ouvrir le lien reçu"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=lambda: Unconfirmed.objects.filter(created_at__lt=days_ago(UNCONFIRMED_DAYS)),
        apply=lambda rows: rows.delete(),
    )
)
