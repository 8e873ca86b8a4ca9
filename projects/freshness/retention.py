from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .models import Nudge

register_rule(
    RetentionRule(
        "nudges",
        what=_("Dates des demandes de confirmation"),
        period=_("1 an"),
        action=_("effacées"),
        why=_("ne pas écrire plus d'une fois par semaine, et pouvoir le montrer"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=lambda: Nudge.objects.filter(at__lt=days_ago(365)),
        apply=lambda nudges: nudges.delete(),
    )
)
