"""A directory of any size made of the taxonomy's own words, always the same one, for measurements.

Most texts are said once only, and are as long as those that people write (some 45 characters). Rows are
copied in bulk, and each text's vector is the sum of the vectors of the expressions it is made of: near
enough to what the encoder would say, and 100,000 actors take minutes instead of hours.
"""

import csv
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from actors.enums import ActorKind, Mode, OfferKind
from actors.models import Skill
from coexist.common.language.encoder import get_encoder
from coexist.common.language.text import stems
from coexist.common.territories import parents, with_parents

SEED = 20200207
FORMS = (
    "Association", "Collectif", "Réseau", "Atelier", "Maison", "Compagnie", "Fondation", "Coopérative", "Institut",
    "Agence", "Comité", "Bureau", "Centre", "Cercle", "Union", "Fabrique",
)  # fmt: skip
ABOUT = (
    "de l'eau", "des forêts", "du lac", "des savoirs", "des femmes", "de la santé", "des jeunes", "du Sahel",
    "des Alpes", "du Rhône", "de l'énergie", "des semences", "du livre", "des métiers", "de la paix", "des écoles",
    "du théâtre", "des migrations", "du climat", "des communes", "de la terre", "des pompes", "du partage",
    "des droits", "de l'avenir", "des rives", "du Léman", "des cultures", "du fleuve", "des artisans",
)  # fmt: skip
CITIES = (
    "Annecy", "Lyon", "Grenoble", "Genève", "Lausanne", "Chambéry", "Bourg", "Valence", "Nantes", "Lille", "Rennes",
    "Paris", "Dijon", "Toulouse", "Bordeaux", "Strasbourg", "Dakar", "Bamako", "Cotonou", "Antananarivo",
)  # fmt: skip
PUBLICS = (
    "pour les jeunes", "pour des femmes entrepreneures", "pour de petites communes", "auprès des écoles",
    "pour des bénévoles", "pour des salariés", "avec les habitants", "pour des coopératives", "pour des réfugiés",
    "auprès des familles", "pour des lycéens", "en milieu rural", "pour des soignants", "pour des artisans",
    "avec la diaspora", "pour des quartiers populaires", "pour des élus", "à distance", "sur le terrain", "en binôme",
)  # fmt: skip
COUNTRIES = ("SN", "ML", "BF", "BJ", "TG", "MG", "MA", "TN", "CM", "NE", "HT", "VN", "KH", "LB", "PS", "IN", "PE", "BO")
KINDS = random.Random(SEED).choices(ActorKind.values, [55, 18, 9, 5, 5, 5, 3], k=1000)  # noqa: S311


@dataclass(frozen=True)
class Expression:
    """A piece of text with its place among the vectors, and the skill that it names, if any."""

    number: int
    text: str
    skill: int | None = None
    domain: int | None = None


def build(actors: int, offers: tuple[int, int] = (1, 3)) -> None:
    """Fill the empty, migrated database in use, from so many to so many offers each; indexes come after the rows."""
    expressions = list(_expressions())
    around = [Expression(len(expressions) + place, text) for place, text in enumerate([*PUBLICS, *CITIES])]
    with connection.cursor() as cursor:
        indexes = _drop_indexes(cursor)
        _copy_vectors(cursor, [*expressions, *around])
        _copy_rows(cursor, _Maker(expressions, around), actors, offers)
        cursor.execute("SET maintenance_work_mem = '700MB'")
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("VACUUM (ANALYZE) actors_actor, actors_offer, actors_offer_skills")


def _expressions() -> Iterator[Expression]:
    pairs = [
        (label, skill.pk, skill.parent_id)
        for skill in Skill.objects.exclude(parent=None)
        for label in {skill.name_fr, *skill.synonyms_fr}
    ]
    for number, (text, skill, domain) in enumerate(sorted(pairs)):
        yield Expression(number, text, skill, domain)


def _drop_indexes(cursor) -> list[str]:
    cursor.execute(
        """SELECT indexname, indexdef FROM pg_indexes
           WHERE tablename IN ('actors_actor', 'actors_offer') AND indexdef NOT LIKE 'CREATE UNIQUE%%'"""
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _copy_vectors(cursor, expressions: list[Expression]) -> None:
    cursor.execute("CREATE UNLOGGED TABLE synthetic_vector (number int PRIMARY KEY, v vector(512))")
    vectors = get_encoder().encode([expression.text for expression in expressions])
    lines = ([expression.number, vector.tolist()] for expression, vector in zip(expressions, vectors, strict=True))
    copy(cursor, "synthetic_vector (number, v)", lines)


class _Maker:
    """Makes one actor after the other, from one source of chance."""

    def __init__(self, expressions: list[Expression], around: list[Expression]) -> None:
        self.expressions = expressions
        self.publics, self.cities = around[: len(PUBLICS)], around[len(PUBLICS) :]
        self.stems = {expression.number: stems(expression.text) for expression in [*expressions, *around]}
        self.chance = random.Random(SEED)  # noqa: S311 - reproducible, not secret
        self.places = [*[code for code in parents() if len(code) <= 3], *["74", "01", "69", "38", "73", "75"] * 12]
        self.cantons = ["CH-GE", "CH-VD", "CH-VS", "CH-FR", "CH-NE"]
        self.now = timezone.now()

    def offer(self) -> tuple[str, str, list[str], list[Expression]]:
        said = self.chance.sample(self.expressions, self.chance.randint(1, 2))
        title = " et ".join(expression.text for expression in said)
        chance = 0.8 if len(said) == 1 else 0.2
        for around, written in ((self.publics, " {}"), (self.cities, ", à {}")):
            if self.chance.random() < chance:
                said.append(self.chance.choice(around))
                title += written.format(said[-1].text)
        title = title[:150]
        return title.capitalize(), self.chance.choice(OfferKind.values), self.some(Mode.values, 3), said

    def some(self, values: list, most: int) -> list:
        return self.chance.sample(values, self.chance.randint(1, most))

    def territories(self) -> list[str]:
        near = self.some(self.places, 2)
        far = self.some([*COUNTRIES], 2) if self.chance.random() < 0.6 else []
        canton = [self.chance.choice(self.cantons)] if self.chance.random() < 0.15 else []
        return sorted({*near, *far, *canton})


def _copy_rows(cursor, make: _Maker, actors: int, offers: tuple[int, int]) -> None:
    cursor.execute(
        """CREATE UNLOGGED TABLE synthetic_actor (LIKE actors_actor INCLUDING DEFAULTS, said int[]);
           ALTER TABLE synthetic_actor DROP COLUMN name_key, DROP COLUMN search;
           CREATE UNLOGGED TABLE synthetic_offer (LIKE actors_offer INCLUDING DEFAULTS, said int[], skill_ids int[]);
           ALTER TABLE synthetic_offer DROP COLUMN search"""
    )
    given = [
        (number, [make.offer() for _each in range(make.chance.randint(*offers))]) for number in range(1, actors + 1)
    ]
    copy(cursor, f"synthetic_actor ({_ACTOR})", (_actor_row(make, number, offers) for number, offers in given))
    copy(
        cursor,
        f"synthetic_offer ({_OFFER})",
        (row for number, offers in given for row in _offers(make, number, offers)),
    )
    for table, columns in (("actor", _ACTOR), ("offer", _OFFER)):
        kept = ", ".join(name for name in columns.split(", ") if name not in ("said", "skill_ids"))
        summed = "(SELECT l2_normalize(sum(v)) FROM synthetic_vector WHERE number = ANY(made.said))"
        cursor.execute(
            f"INSERT INTO actors_{table} ({kept}, vector) SELECT {kept}, {summed} FROM synthetic_{table} made"  # noqa: S608
        )
    cursor.execute(
        """INSERT INTO actors_offer_skills (offer_id, skill_id)
           SELECT DISTINCT id, unnest(skill_ids) FROM synthetic_offer;
           DROP TABLE synthetic_actor, synthetic_offer, synthetic_vector;
           SELECT setval(pg_get_serial_sequence('actors_actor', 'id'), (SELECT max(id) FROM actors_actor));
           SELECT setval(pg_get_serial_sequence('actors_offer', 'id'), (SELECT max(id) FROM actors_offer))"""
    )


_ACTOR = (
    "id, name, slug, acronym, kind, state, summary, description, logo, size, address, city, postcode, country, "
    "latitude, longitude, position_is_chosen, territories, themes, languages, website, donation_url, "
    "registration_kind, registration_number, created_at, approved_at, confirmed_at, offer_kinds, offer_modes, "
    "offer_skills, reach, stems, index_key, said"
)
_OFFER = (
    "id, actor_id, title, detail, kind, modes, territories, created_at, updated_at, stems, index_key, said, skill_ids"
)


def _actor_row(make: _Maker, number: int, offers: list) -> list:
    chance, territories = make.chance, make.territories()
    said = [expression for offer in offers for expression in offer[3]]
    about = chance.choice(make.expressions)
    city = chance.choice(CITIES)
    name = f"{chance.choice(FORMS)} {chance.choice(ABOUT)} {chance.choice(ABOUT)} {city}"
    summary = f"{about.text.capitalize()} avec les habitants, à {city}."
    words = {stem for expression in [about, *said] for stem in make.stems[expression.number]} | {*stems(name)}
    return [
        number, name, f"acteur-{number}", "", chance.choice(KINDS), "approved", summary, f"{summary} " * 6, "", "", "",
        city, "74000", "FR", 46 + chance.gauss(0, 1.5), 4 + chance.gauss(0, 2), False, territories,
        sorted(make.some(list(range(1, 18)), 4)), ["fr"], "", "", "", "", make.now, make.now,
        make.now - timedelta(minutes=chance.randint(0, 500_000)),
        sorted({offer[1] for offer in offers}), sorted({mode for offer in offers for mode in offer[2]}),
        sorted({key for expression in said for key in (expression.skill, expression.domain) if key}),
        sorted({around for code in territories for around in with_parents(code)}),
        sorted(words), "synthetic", [expression.number for expression in [about, *said]],
    ]  # fmt: skip


def _offers(make: _Maker, actor: int, offers: list) -> Iterator[list]:
    for place, (title, kind, modes, said) in enumerate(offers):
        words = sorted({stem for expression in said for stem in make.stems[expression.number]})
        yield [
            actor * 5 + place, actor, title, "", kind, modes, [], make.now, make.now, words, "synthetic",
            [expression.number for expression in said],
            [expression.skill for expression in said if expression.skill],
        ]  # fmt: skip


def copy(cursor, target: str, rows: Iterable[list]) -> None:
    """COPY in pieces, so that no whole table stands in memory."""
    buffer, writer = _fresh()
    for row in rows:
        writer.writerow([_written(value) for value in row])
        if buffer.tell() > 20_000_000:
            _send(cursor, target, buffer)
            buffer, writer = _fresh()
    _send(cursor, target, buffer)


def _fresh() -> tuple[io.StringIO, Any]:
    buffer = io.StringIO()
    return buffer, csv.writer(buffer)


def _send(cursor, target: str, buffer: io.StringIO) -> None:
    buffer.seek(0)
    cursor.cursor.copy_expert(f"COPY {target} FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL *)", buffer)


def _written(value: object) -> object:
    if isinstance(value, list):
        if value and isinstance(value[0], float):
            return str(value)
        return "{" + ",".join('"' + str(item).replace('"', "") + '"' for item in value) + "}"
    return value
