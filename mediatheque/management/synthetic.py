"""A médiathèque of any size, always the same one, for measurements.

Words are spread as in real texts: a few stand on most pages, most on few (Zipf). PostgreSQL makes the vectors of a
stock of paragraphs once; a page is four of them, its vector theirs one after the other. So 400,000 pages take
minutes: the generated column of this database becomes a plain one.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import accumulate

from django.db import connection
from django.utils import timezone

from actors.management.synthetic import ABOUT, CITIES, FORMS, PUBLICS, copy
from actors.models import Skill
from coexist.common.language.encoder import get_encoder
from coexist.common.territories import with_parents

from ..enums import Licence, ResourceKind
from ..search.words import write_missing

SEED = 20200208
PARAGRAPHS, WORDS, LONG = 40_000, 60_000, 100  # in the stock; words of all, and of one
COMMON = (
    "le la de et les des en un une du que est pour dans par sur qui avec au pas plus ce sont aux cette ont leur mais "
    "comme être nous ces il fait elle peut entre aussi leurs tout même eau projet acteurs formation territoire jeunes"
)
SYLLABLES = (
    "ba", "be", "bi", "bo", "bou", "ca", "ce", "ci", "co", "cou", "da", "de", "di", "do", "dou", "fa", "fe", "fi",
    "fo", "ga", "ge", "gi", "go", "la", "le", "li", "lo", "lou", "ma", "me", "mi", "mo", "mou", "na", "ne", "ni",
    "no", "pa", "pe", "pi", "po", "pou", "ra", "re", "ri", "ro", "rou", "sa", "se", "si", "so", "sou", "ta", "te",
    "ti", "to", "tou", "va", "ve", "vi", "vo", "tion", "ment", "eur", "ier", "ance", "isme", "age",
)  # fmt: skip


def build(resources: int, pages: int) -> None:
    """Fill the empty, migrated database in use; indexes come after the rows."""
    chance = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    titles = _titles(chance)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mediatheque_resourcepage ALTER COLUMN search DROP EXPRESSION")
        cursor.execute("DROP INDEX resource_nearest")
        publishers = _publishers(cursor)
        copy(cursor, f"mediatheque_resource ({_RESOURCE})", _resources(chance, resources, publishers, titles))
        _vectors(cursor, titles)
        copy(cursor, f"mediatheque_resourcefile ({_FILE})", _files(resources, pages))
        _stock(cursor, chance)
        cursor.execute(PAGES, [pages, SEED, PARAGRAPHS, resources])
        cursor.execute("DROP TABLE synthetic_paragraph; SET maintenance_work_mem = '700MB'")
        cursor.execute(
            "CREATE INDEX resource_nearest ON mediatheque_resource USING hnsw (vector halfvec_cosine_ops)"
            " WITH (m = 16, ef_construction = 64)"
        )
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("VACUUM (ANALYZE) mediatheque_resource, mediatheque_resourcefile, mediatheque_resourcepage")
    write_missing()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) mediatheque_filewords")


# Which paragraphs a page is made of follows from its number.
PAGES = """
    INSERT INTO mediatheque_resourcepage (file_id, number, text, is_ocr, language, search)
    SELECT file, number, a.text || E'\\n' || b.text || E'\\n' || c.text || E'\\n' || d.text, false, '',
        a.search || b.search || c.search || d.search
    FROM (
        SELECT file, number, file::bigint * 7919 + number * 104729 + seed AS chance, most
        FROM (SELECT %s AS last, %s AS seed, %s AS most) given,
            generate_series(1, %s) file, generate_series(1, last) number
    ) page
    JOIN synthetic_paragraph a ON a.id = chance %% most
    JOIN synthetic_paragraph b ON b.id = (chance * 31 + 7) %% most
    JOIN synthetic_paragraph c ON c.id = (chance * 961 + 11) %% most
    JOIN synthetic_paragraph d ON d.id = (chance * 29791 + 13) %% most"""

_RESOURCE = (
    "id, publisher_id, title, slug, kind, state, state_since, summary, description, authors, year, languages, themes, "
    "territories, audiences, licence, link, transcript, loan, image, image_alt, why, published_at, created_at, "
    "updated_at, skill_keys, reach, formats, thumbnail, headings, stems, index_key"
)
_FILE = (
    "id, resource_id, position, version, is_latest, label, language, file, name, kind, ending, size, sha256, at, "
    "extraction, problem, page_count, thumbnail, has_ocr, attempts, error"
)


def words(chance: random.Random) -> list[str]:
    """The most common first: grammar, then the taxonomy's, then made of syllables."""
    labels = {word for skill in Skill.objects.all() for word in skill.name_fr.lower().split() if len(word) > 3}
    found = dict.fromkeys([*COMMON.split(), *sorted(labels)])
    while len(found) < WORDS:
        found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(found)


def _stock(cursor, chance: random.Random) -> None:
    cursor.execute("CREATE UNLOGGED TABLE synthetic_paragraph (id int PRIMARY KEY, text text, search tsvector)")
    all_words = words(chance)
    weights = list(accumulate(1 / (place + 2.7) for place in range(len(all_words))))
    rows = (
        [number, " ".join(chance.choices(all_words, cum_weights=weights, k=LONG)).capitalize() + "."]
        for number in range(PARAGRAPHS)
    )
    copy(cursor, "synthetic_paragraph (id, text)", rows)
    cursor.execute("UPDATE synthetic_paragraph SET search = to_tsvector('coexist_fr', text)")
    cursor.execute("VACUUM (ANALYZE) synthetic_paragraph")


def _titles(chance: random.Random) -> list[tuple[str, Skill]]:
    skills = list(Skill.objects.exclude(parent=None).order_by("pk"))
    return [(f"{skill.name_fr} {around}", skill) for skill in skills for around in PUBLICS]


def _publishers(cursor) -> int:
    now = timezone.now()
    rows = (
        [number, f"{FORMS[number % len(FORMS)]} {ABOUT[number % len(ABOUT)]} {number}", f"acteur-{number}", now]
        for number in range(1, 301)
    )
    cursor.execute("CREATE UNLOGGED TABLE synthetic_publisher (id int, name text, slug text, at timestamptz)")
    copy(cursor, "synthetic_publisher (id, name, slug, at)", rows)
    from actors.models import Actor

    cursor.execute("SELECT id, name, slug FROM synthetic_publisher")
    Actor.objects.bulk_create(
        Actor(pk=key, name=name, slug=slug, kind="ngo", state="approved", summary=name, approved_at=now)
        for key, name, slug in cursor.fetchall()
    )
    cursor.execute("DROP TABLE synthetic_publisher")
    return 300


def _resources(chance: random.Random, number: int, publishers: int, titles: list) -> Iterator[list]:
    now = timezone.now()
    for key in range(1, number + 1):
        title, skill = titles[key % len(titles)]
        place = chance.choice(["74", "69", "38", "SN", "ML", "MG", "FR"])
        yield [
            key, 1 + key % publishers, f"{title}, {chance.choice(CITIES)}"[:200], f"ressource-{key}",
            chance.choice(ResourceKind.values), "published", now, f"{title} {chance.choice(PUBLICS)}.", "", "",
            chance.randint(2005, 2026), ["fr"], sorted(chance.sample(range(1, 18), 2)), [place], ["all"],
            chance.choice(Licence.values), "", "", "", "", "", "", now, now, now, [skill.pk, skill.parent_id],
            sorted(with_parents(place)), ["pdf"], "", "", [], f"synthetic {key % len(titles)}",
        ]  # fmt: skip


def _vectors(cursor, titles: list) -> None:
    cursor.execute("CREATE UNLOGGED TABLE synthetic_vector (key text PRIMARY KEY, v vector(512))")
    vectors = get_encoder().encode([title for title, _skill in titles])
    copy(
        cursor, "synthetic_vector (key, v)",
        ([f"synthetic {number}", vector.tolist()] for number, vector in enumerate(vectors)),
    )  # fmt: skip
    cursor.execute(
        "UPDATE mediatheque_resource SET vector = v::halfvec(512) FROM synthetic_vector WHERE key = index_key;"
        "DROP TABLE synthetic_vector"
    )


def _files(resources: int, pages: int) -> Iterable[list]:
    now = timezone.now()
    for key in range(1, resources + 1):
        yield [
            key, key, 1, 1, True, "", "fr", f"mediatheque/{key}.pdf", f"{key}.pdf", "pdf", "pdf", 1_000_000, str(key),
            now, "done", "", pages, "", False, 0, "",
        ]  # fmt: skip
