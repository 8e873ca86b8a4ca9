"""How long kept searches are kept. Both rules are applied elsewhere: by the person, and as alerts are written."""

from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, register_rule

register_rule(
    RetentionRule(
        "saved_searches",
        what=_("Recherches gardées : nom, mots, filtres, rythme"),
        period=_("jusqu'à ce que la personne les supprime ou efface son compte"),
        action=_("la ligne est supprimée"),
        why=_("prévenir de ce qui est nouveau, à la demande de la personne"),
        source=_("RGPD, art. 6(1)(b) : fournir le service demandé"),
    )
)
register_rule(
    RetentionRule(
        "saved_search_news",
        what=_("Ce que chaque recherche gardée a déjà annoncé"),
        period=_("autant que la recherche, 2 000 lignes au plus pour chacune"),
        action=_("les plus anciennes sont supprimées à l'alerte suivante"),
        why=_("ne jamais annoncer deux fois la même chose"),
        source=_("RGPD, art. 5(1)(c) et 6(1)(b)"),
    )
)
