"""The columns of a sheet of actors: the same for what comes in and what goes out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Actor
from . import cells, contact, offers


@dataclass(frozen=True)
class Column:
    """`headings` are usual names, as `cells.key_of` gives them; `read` takes a cell that is not empty."""

    code: str
    label: Any
    headings: str
    read: Callable[[str], Any]
    write: Callable[[Actor], str]
    is_personal: bool = False
    example: Any = ""

    def names(self) -> list[str]:
        return [self.code.replace("_", " "), cells.key_of(str(self.label)), *self.headings.split(", ")]


def _attribute(code: str) -> Callable[[Actor], str]:
    return lambda actor: str(getattr(actor, code) or "")


def _country(actor: Actor) -> str:
    return str(getattr(actor.country, "code", ""))


def _label(code: str) -> Callable[[Actor], str]:
    return lambda actor: str(getattr(actor, f"get_{code}_display")()) if getattr(actor, code) else ""


def _codes(code: str) -> Callable[[Actor], str]:
    return lambda actor: "; ".join(str(one) for one in getattr(actor, code))


def _position(code: str) -> Callable[[Actor], str]:
    """Only a position that somebody chose: the others follow the address."""
    return lambda actor: (
        repr(getattr(actor, code)) if actor.position_is_chosen and getattr(actor, code) is not None else ""
    )


def _text(code: str, label: Any, headings: str, most: int, **more: Any) -> Column:
    return Column(code, label, headings, cells.line_of_text(most), _attribute(code), **more)


COLUMNS = (
    _text("name", _("Nom"), "nom de la structure, structure, organisation, organisme, association, denomination, "
          "raison sociale, organisation name, organization, organization name, nom de l organisation, acteur, "
          "nom de l acteur, nom de l association", 150, example=_("Les Jardins du Salève")),
    _text("acronym", _("Sigle"), "acronyme, abreviation", 30, example="JDS"),
    Column("kind", _("Type"), "type d acteur, categorie, statut, type de structure, category, organisation type, "
           "nature", cells.kind, _label("kind"), example=_("Association, ONG")),
    _text("summary", _("En une phrase"), "resume, accroche, objet, mission, baseline, summary", 280,
          example=_("Nous accompagnons des maraîchères au Sénégal et en Haute-Savoie.")),
    Column("description", _("Présentation"), "activites, about, presentation longue", cells.paragraphs(6000),
           _attribute("description"), example=_("Depuis 2004, avec trois salariées et quarante bénévoles.")),
    Column("size", _("Taille"), "effectif, salaries, nombre de salaries, staff, employees", cells.size,
           _label("size"), example="3"),
    _text("address", _("Adresse"), "rue, street, adresse postale, adresse ligne 1", 200, example=_("4 rue du Lac")),
    Column("postcode", _("Code postal"), "cp, zip, zip code, postal code, npa", cells.line_of_text(12),
           _attribute("postcode"), example="74100"),
    _text("city", _("Ville"), "commune, localite, town", 100, example="Annemasse"),
    Column("country", _("Pays"), "country", cells.country, _country, example="France"),
    Column("territories", _("Territoires d'action"), "territoires, zone d action, zones d action, "
           "zone d intervention, zones d intervention, zone geographique, pays d intervention, area",
           cells.several(cells.territory), _codes("territories"), example=_("Haute-Savoie; CH-GE; Sénégal")),
    Column("themes", _("Thèmes (ODD)"), "themes, theme, odd, thematiques, objectifs de developpement durable, sdg, "
           "sdgs, topics", cells.several(cells.theme), _codes("themes"), example="2; 5; 6"),
    Column("languages", _("Langues de travail"), "langues, langue", cells.several(cells.language),
           _codes("languages"), example="fr; wo"),
    Column("website", _("Site web"), "site, site internet, url, web, adresse web", cells.web, _attribute("website"),
           example="https://jardins-du-saleve.example"),
    Column("donation_url", _("Page de don"), "don, donation, lien de don", cells.web, _attribute("donation_url")),
    Column("registration_kind", _("Registre"), "type de numero, register", cells.register,
           _label("registration_kind"), example="SIRET"),
    Column("registration_number", _("Numéro d'immatriculation"), "siret, siren, rna, ide, numero siret, n siret, "
           "numero siren, numero rna, n rna, uid, numero", cells.code_of, _attribute("registration_number"),
           example="73282932000074"),
    Column("contact_name", _("Personne à contacter"), "contact, nom du contact, referent, responsable, interlocuteur",
           cells.line_of_text(120), contact.written("contact_name"), is_personal=True, example=_("Awa Exemple")),
    Column("contact_email", _("E-mail de contact"), "e mail, email, mail, courriel, adresse e mail, adresse mail, "
           "adresse email", cells.email, contact.written("contact_email"), is_personal=True,
           example="contact@jardins-du-saleve.example"),
    Column("contact_phone", _("Téléphone"), "tel, phone, mobile, telephone de contact, numero de telephone",
           cells.phone, contact.written("contact_phone"), is_personal=True, example="+33 4 50 00 00 00"),
    Column("offers", _("Offres"), "ce qu ils proposent, competences, competences proposees, apports, propose",
           offers.read_offers, offers.write_offers,
           example=_("Former au maraîchage | formation | pro bono, partenariat | En hiver.")),
    Column("latitude", _("Latitude"), "lat", cells.number_between(-90, 90), _position("latitude")),
    Column("longitude", _("Longitude"), "lon, lng, long", cells.number_between(-180, 180), _position("longitude")),
    Column("slug", _("Identifiant"), "adresse de la page, id, page", cells.slug, _attribute("slug")),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}
PERSONAL = tuple(column.code for column in COLUMNS if column.is_personal)


def guess(headings: list[str]) -> dict[str, int]:
    """Code of a column -> its place in the file: by the whole heading first, then by its beginning."""
    keys = [cells.key_of(heading) for heading in headings]
    found: dict[str, int] = {}
    for fits in (lambda key, name: key == name, lambda key, name: key.startswith(f"{name} ")):
        for column in COLUMNS:
            names = column.names()
            places = (place for place, key in enumerate(keys) if any(fits(key, name) for name in names))
            free = [place for place in places if place not in found.values()]
            if free and column.code not in found:
                found[column.code] = free[0]
    return found
