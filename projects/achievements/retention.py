"""How long what is not public of an achievement is kept."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, register_rule

from .derived import refresh
from .enums import AchievementState
from .models import Appraisal, Contribution, Picture

APPRAISALS_KEPT = timedelta(days=5 * 365)
UNPUBLISHED_KEPT = timedelta(days=2 * 365)


def _unpublished() -> dict:
    """Of pages that are not public and that nobody has touched for two years."""
    return {"achievement__changed_at__lt": timezone.now() - UNPUBLISHED_KEPT}


def _old_quotations() -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(**_unpublished()).exclude(achievement__state=AchievementState.PUBLISHED)
    return rows.exclude(quotation="", quotation_author="", quotation_role="")


def _old_pictures() -> QuerySet[Picture]:
    return Picture.objects.filter(**_unpublished()).exclude(achievement__state=AchievementState.PUBLISHED)


def _delete_pictures(pictures: QuerySet[Picture]) -> None:
    keys = list(pictures.values_list("achievement", flat=True))
    pictures.delete()
    refresh(keys)


register_rule(
    RetentionRule(
        "appraisals",
        what=_("Avis privés sur les partenariats"),
        period=_("5 ans après l'avis"),
        action=_("la note et le commentaire sont supprimés"),
        why=_("accompagner les partenariats suivants"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=lambda: Appraisal.objects.filter(at__lt=timezone.now() - APPRAISALS_KEPT),
        apply=lambda appraisals: appraisals.delete(),
    )
)
register_rule(
    RetentionRule(
        "achievement_quotations",
        what=_("Réalisations non publiées : témoignages et noms"),
        period=_("2 ans après la dernière modification"),
        action=_("le témoignage et le nom sont effacés ; le récit et les chiffres restent"),
        why=_("laisser le temps de publier, ou de publier de nouveau"),
        source=_("RGPD, art. 5(1)(e) et 6(1)(a) : consentement"),
        rows=_old_quotations,
        apply=lambda rows: rows.update(quotation="", quotation_author="", quotation_role=""),
    )
)
register_rule(
    RetentionRule(
        "achievement_pictures",
        what=_("Réalisations non publiées : photos"),
        period=_("2 ans après la dernière modification"),
        action=_("la ligne est supprimée, puis le fichier la nuit suivante"),
        why=_("laisser le temps de publier, ou de publier de nouveau"),
        source=_("RGPD, art. 5(1)(e) et 6(1)(a) : consentement ; droit à l'image, Code civil, art. 9"),
        rows=_old_pictures,
        apply=_delete_pictures,
    )
)
