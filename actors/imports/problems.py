"""What can be wrong with a line: kept as codes with parameters, told in one place."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "missing": _("Il manque une valeur."),
    "too_long": _("%(length)s caractères : %(most)s au plus."),
    "too_many": _("%(count)s valeurs : %(most)s au plus."),
    "html": _("Des balises HTML ne sont pas admises : écrivez le texte seul."),
    "control": _("La case contient des caractères invisibles : retapez le texte."),
    "cell_error": _("La case porte une erreur du tableur : « %(value)s »."),
    "formula": _("La case porte une formule : collez sa valeur."),
    "is_date": _("Le tableur en a fait une date : mettez la case au format Texte et retapez la valeur."),
    "scientific": _("Nombre en notation scientifique, chiffres perdus : mettez la case au format Texte et retapez-le."),
    "extra_cells": _("La ligne a plus de cases que de titres : un séparateur traîne sans doute dans un texte."),
    "unknown_kind": _("Type inconnu : « %(value)s »."),
    "unknown_size": _("Taille inconnue : « %(value)s »."),
    "unknown_country": _("Pays inconnu : « %(value)s »."),
    "unknown_territory": _("Territoire inconnu : « %(value)s »."),
    "unknown_theme": _("Thème inconnu : « %(value)s ». Donnez des ODD, de 1 à 17."),
    "unknown_language": _("Langue inconnue : « %(value)s »."),
    "unknown_register": _("Registre inconnu : « %(value)s »."),
    "bad_email": _("Cette adresse e-mail n'est pas valable."),
    "bad_url": _("Cette adresse de site n'est pas valable."),
    "bad_phone": _("Ce numéro de téléphone n'est pas valable."),
    "bad_postcode": _("Ce code postal ne correspond pas au pays (%(country)s)."),
    "postcode_padded": _("Zéro initial perdu par le tableur : lu « %(value)s »."),
    "wrong_siren": _("Ce SIREN n'existe pas : 9 chiffres, dont une clé de contrôle."),
    "wrong_siret": _("Ce SIRET n'existe pas : 14 chiffres, dont une clé de contrôle."),
    "wrong_rna": _("Ce numéro RNA n'existe pas : W suivi de 9 caractères."),
    "wrong_ch_uid": _("Ce numéro IDE n'existe pas : CHE suivi de 9 chiffres, dont une clé de contrôle."),
    "wrong_other": _("Ce numéro n'est pas lisible."),
    "no_register": _("De quel registre vient ce numéro ? Ajoutez la colonne « Registre »."),
    "no_number": _("Un registre est donné sans numéro."),
    "bad_number": _("Ce n'est pas un nombre entre %(least)s et %(most)s."),
    "half_position": _("Latitude et longitude vont ensemble."),
    "bad_slug": _("L'identifiant n'a que des lettres sans accent, des chiffres et des tirets."),
    "offer_kind": _("Offre « %(title)s » : nature inconnue, « %(value)s »."),
    "offer_mode": _("Offre « %(title)s » : modalité manquante ou inconnue, « %(value)s »."),
    "offer_title": _("Une offre n'a pas de titre, ou un titre de plus de 150 caractères."),
    "offer_parts": _("Offre « %(title)s » : « %(value)s » n'est pas lisible."),
    "objected": _("Cette adresse ne veut plus être contactée : le contact ne sera pas importé."),
    "same_line": _("Même organisation qu'à la ligne %(number)s."),
    "invalid": _("%(value)s"),
    "appeared": _("Un acteur du même nom ou du même numéro est apparu depuis la relecture : %(value)s."),
    "gone": _("L'acteur à compléter n'existe plus."),
    "unexpected": _("Écriture impossible : %(value)s."),
}
# Told, and no obstacle.
WARNINGS = ("postcode_padded", "objected", "same_line")


class WrongError(Exception):
    """A cell that cannot be read; its code is one of SENTENCES."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Problem:
    column: str  # code of a column; empty where the whole line is meant
    code: str
    params: dict = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        return self.code not in WARNINGS

    def stored(self) -> dict:
        return {"column": self.column, "code": self.code, "params": self.params}


def sentence(stored: dict) -> str:
    """A stored problem in the reader's language; the code itself where the sentence has gone."""
    known = SENTENCES.get(stored["code"])
    return str(known) % stored["params"] if known else stored["code"]
