"""Who answers for the portal: filled in by whoever runs it, shown on the legal pages (docs/deployment.md)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LegalFact:
    """`word` stands between double braces in a page's text; `variable` is the environment's."""

    word: str
    variable: str
    label: Any  # a lazy translation

    @property
    def value(self) -> str:
        return settings.LEGAL[self.variable].strip()


FACTS = [
    LegalFact("editeur", "LEGAL_PUBLISHER", _("nom et forme juridique de l'éditeur")),
    LegalFact("editeur_adresse", "LEGAL_ADDRESS", _("adresse de l'éditeur")),
    LegalFact("editeur_numero", "LEGAL_REGISTRATION", _("numéro d'immatriculation de l'éditeur")),
    LegalFact("editeur_telephone", "LEGAL_PHONE", _("téléphone de l'éditeur")),
    LegalFact("editeur_email", "LEGAL_EMAIL", _("e-mail de l'éditeur")),
    LegalFact("directeur", "LEGAL_DIRECTOR", _("directrice ou directeur de la publication")),
    LegalFact("hebergeur", "LEGAL_HOST", _("nom, adresse et téléphone de l'hébergeur")),
    LegalFact("responsable", "LEGAL_CONTROLLER", _("responsable du traitement des données")),
    LegalFact("dpo", "LEGAL_DPO", _("contact pour la protection des données")),
]


def missing() -> list[LegalFact]:
    return [fact for fact in FACTS if not fact.value]
