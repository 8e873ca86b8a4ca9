"""How long the service's own traces are kept: sessions, logs, backups."""

from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, register_rule

register_rule(
    RetentionRule(
        "sessions",
        what=_("Sessions ouvertes : clé du cookie, personne, adresse IP, navigateur"),
        period=_("2 semaines après la dernière connexion, ou jusqu'à la déconnexion"),
        action=_("la ligne est supprimée, chaque nuit"),
        why=_("rester connecté d'un jour à l'autre"),
        source=_("RGPD, art. 6(1)(b) : fournir le service demandé"),
    )
)
register_rule(
    RetentionRule(
        "logs",
        what=_("Journaux techniques : date, adresse IP, page demandée, numéro de compte"),
        period=_("6 mois, 1 an au plus"),
        action=_("les fichiers sont supprimés par l'hébergement"),
        why=_("comprendre une panne, retrouver une intrusion"),
        source=_("CNIL, délibération 2021-122 sur la journalisation : 6 mois à 1 an"),
    )
)
register_rule(
    RetentionRule(
        "backups",
        what=_("Sauvegardes de toute la base"),
        period=_("30 jours"),
        action=_("les fichiers sont supprimés par l'hébergement ; un effacement est refait après une restauration"),
        why=_("réparer une perte"),
        source=_("RGPD, art. 32(1)(c)"),
    )
)
