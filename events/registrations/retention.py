"""How long it is known who came: as long as the organiser may have to answer for it, and no longer."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .enums import State
from .erasing import wipe
from .models import Change, Registration

KEPT = 90  # days after the last date
UNVERIFIED_KEPT = timedelta(days=2)


def _over() -> QuerySet:
    return Registration.objects.filter(erased_at=None).over_since(days_ago(KEPT))


register_rule(
    RetentionRule(
        "registrations",
        what=_("Inscriptions aux événements : nom, adresse, besoins d'accessibilité, et les messages qui en parlent"),
        period=_("90 jours après la dernière date de l'inscription"),
        action=_("le nom, l'adresse et la note sont effacés ; restent le nombre d'inscrits et de présents"),
        why=_("préparer la venue, remettre une attestation, répondre à une question après coup"),
        source=_("RGPD, art. 6(1)(b) : l'inscription demandée ; art. 9(2)(a) pour les besoins d'accessibilité"),
        rows=_over,
        apply=wipe,
    )
)
register_rule(
    RetentionRule(
        "unverified_registrations",
        what=_("Demandes d'inscription dont l'adresse n'a pas été confirmée"),
        period=_("2 jours"),
        action=_("la ligne est supprimée"),
        why=_("le lien de confirmation vaut un jour"),
        source=_("RGPD, art. 5(1)(c)"),
        rows=lambda: Registration.objects.filter(
            state=State.UNVERIFIED, created_at__lt=timezone.now() - UNVERIFIED_KEPT
        ),
        apply=lambda registrations: registrations.delete(),
    )
)
register_rule(
    RetentionRule(
        "event_changes",
        what=_("Changements d'événements qui ont été dits aux inscrits"),
        period=_("90 jours"),
        action=_("la ligne est supprimée"),
        why=_("ne jamais dire deux fois le même changement"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=lambda: Change.objects.filter(told_at__lt=days_ago(KEPT)),
        apply=lambda changes: changes.delete(),
    )
)
