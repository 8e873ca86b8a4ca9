"""How long mails and what is known of addresses are kept."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .enums import MailState
from .models import OutgoingEmail
from .suspension import SuspendedAddress

TEXT_KEPT = 180  # days
ROW_KEPT = 3 * 365
RELEASED_KEPT = 365
WAITING = (MailState.QUEUED, MailState.HELD)


def _texts() -> QuerySet[OutgoingEmail]:
    done = OutgoingEmail.objects.exclude(state__in=WAITING).filter(created_at__lt=days_ago(TEXT_KEPT))
    return done.exclude(Q(body_text="") & Q(body_html=""))


register_rule(
    RetentionRule(
        "mail_texts",
        what=_("Texte des e-mails envoyés par le portail"),
        period=_("6 mois après l'écriture ; un code ou un lien personnel : jusqu'à l'envoi"),
        action=_("le texte est effacé, l'objet et la date restent"),
        why=_("répondre à « je n'ai rien reçu » et renvoyer un message perdu"),
        source=_("RGPD, art. 6(1)(f) : intérêt légitime à joindre les membres"),
        rows=_texts,
        apply=lambda mails: mails.update(body_text="", body_html=""),
    )
)
register_rule(
    RetentionRule(
        "mail_rows",
        what=_("Trace des e-mails : adresse, objet, date, état"),
        period=_("3 ans après l'écriture"),
        action=_("la ligne est supprimée"),
        why=_("ne jamais écrire deux fois la même chose, prouver qu'un message est parti"),
        source=_("RGPD, art. 6(1)(f) ; durée d'usage de la CNIL pour la prospection, 3 ans"),
        rows=lambda: OutgoingEmail.objects.exclude(state__in=WAITING).filter(created_at__lt=days_ago(ROW_KEPT)),
        apply=lambda mails: mails.delete(),
    )
)
register_rule(
    RetentionRule(
        "opt_outs",
        what=_("Désabonnements : adresse et type de message"),
        period=_("jusqu'à ce que la personne se réabonne ou efface son compte"),
        action=_("la ligne est supprimée"),
        why=_("respecter le refus aussi longtemps qu'il tient"),
        source=_("RGPD, art. 21 ; CPCE, art. L34-5"),
    )
)
register_rule(
    RetentionRule(
        "suspended_addresses",
        what=_("Adresses refusées par leur serveur"),
        period=_("tant que l'adresse est suspendue, puis 1 an"),
        action=_("la ligne est supprimée"),
        why=_("ne plus écrire à une adresse morte, comprendre un refus qui revient"),
        source=_("RGPD, art. 6(1)(f)"),
        rows=lambda: SuspendedAddress.objects.filter(released_at__lt=days_ago(RELEASED_KEPT)),
        apply=lambda addresses: addresses.delete(),
    )
)
