"""A sheet of 300 lines as the world sends them: most are right, the others wrong in every way we know."""

from tests.imports.sheets import organisation

HEADINGS = (
    "Nom de la structure", "Type", "Ville", "CP", "E-mail", "Site internet", "SIRET", "Pays", "Zone d'action", "ODD",
    "Langues", "Effectif", "Tél", "Objet", "Présentation", "Latitude", "Longitude", "Offres", "Identifiant", "Registre",
    "Contact", "Sigle",
)  # fmt: skip
COLUMNS = (
    "name", "kind", "city", "postcode", "email", "site", "siret", "country", "territories", "themes", "languages",
    "size", "phone", "summary", "description", "latitude", "longitude", "offers", "slug", "register", "contact",
    "acronym",
)  # fmt: skip

# What is wrong, by the column it is written in and the code that must be told.
MISTAKES: list[tuple[str, str, dict[str, str]]] = [
    ("name", "missing", {"name": ""}),
    ("kind", "missing", {"kind": ""}),
    ("kind", "unknown_kind", {"kind": "Club de pétanque"}),
    ("name", "too_long", {"name": "A" * 151}),
    ("summary", "html", {"summary": "Nous <script>alert(1)</script>"}),
    ("description", "control", {"description": "Texte\x07 avec\u202e du bruit"}),
    ("city", "cell_error", {"city": "#REF!"}),
    ("acronym", "formula", {"acronym": "=HYPERLINK(\"http://mal.example\")"}),
    ("size", "is_date", {"size": "2026-01-09"}),
    ("size", "unknown_size", {"size": "beaucoup"}),
    ("registration_number", "scientific", {"siret": "7,32829E+13"}),
    ("registration_number", "wrong_siret", {"siret": "73282932000075"}),
    ("registration_number", "wrong_siren", {"siret": "732829321"}),
    ("registration_number", "wrong_rna", {"siret": "W12"}),
    ("registration_number", "wrong_ch_uid", {"siret": "CHE-100.155.213"}),
    ("registration_number", "no_register", {"siret": "AB 1234"}),
    ("registration_number", "no_number", {"register": "SIREN"}),
    ("registration_kind", "unknown_register", {"siret": "732829320", "register": "Pages jaunes"}),
    ("contact_email", "bad_email", {"email": "contact(at)ong.example"}),
    ("website", "bad_url", {"site": "javascript:alert(1)"}),
    ("country", "unknown_country", {"country": "Syldavie"}),
    ("territories", "unknown_territory", {"territories": "Haute-Savoie; Bordurie"}),
    ("themes", "unknown_theme", {"themes": "6; 18"}),
    ("languages", "unknown_language", {"languages": "fr, klingon"}),
    ("contact_phone", "bad_phone", {"phone": "appeler le soir"}),
    ("postcode", "bad_postcode", {"postcode": "1201"[:3]}),
    ("latitude", "bad_number", {"latitude": "nord", "longitude": "6,2"}),
    ("latitude", "half_position", {"latitude": "46.2"}),
    ("slug", "bad_slug", {"slug": "Pas Une Adresse"}),
    ("offers", "offer_mode", {"offers": "Relire des statuts | compétence | troc"}),
    ("offers", "offer_kind", {"offers": "Relire des statuts | magie | pro bono"}),
    ("offers", "offer_title", {"offers": " | compétence | pro bono"}),
]  # fmt: skip
# Told, and no obstacle.
WARNINGS = [("postcode", "postcode_padded", {"postcode": "1200"})]
RIGHT = 300 - len(MISTAKES) - len(WARNINGS) - 1  # and one line that is there twice


def line(**fields: str) -> list[str]:
    values = dict(zip(COLUMNS, organisation() + [""] * len(COLUMNS), strict=False))
    return list((values | fields).values())


def sheet() -> list[list[str]]:
    """Headings and 300 lines."""
    right = [line() for _number in range(RIGHT)]
    wrong = [line(**fields) for _column, _code, fields in [*MISTAKES, *WARNINGS]]
    return [list(HEADINGS), *right, *wrong, right[0]]
