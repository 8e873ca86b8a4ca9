"""The stems of whole files, and how much each of them is spoken of.

A stem that stands three times and once in a thousand words is written as `stem+`; five times and four in a thousand,
as `stem++`. A title says once what it is about, a document says it again and again: so the index that finds documents
ranks them as well, without reading one.
"""

from collections.abc import Iterable

from django.db import connection

from ..models import ResourceFile

OFTEN, MOST_OFTEN = "+", "++"  # behind a stem
CHUNK = 100
# PostgreSQL keeps a megabyte of stems of one row: of a longer document, those that stand in it most.
MOST_BYTES, LONGEST = 600_000, 60
WRITE = f"""
    INSERT INTO mediatheque_filewords (file_id, words)
    SELECT file.id, coalesce((
        SELECT array_to_tsvector(array_agg(lexeme || CASE
            WHEN number >= 5 AND number * 250 >= length THEN '{MOST_OFTEN}'
            WHEN number >= 3 AND number * 1000 >= length THEN '{OFTEN}' ELSE '' END))
        FROM (
            SELECT lexeme, number, sum(number) OVER () AS length,
                sum(octet_length(lexeme)) OVER (ORDER BY number DESC, lexeme) AS bytes
            FROM (
                SELECT lexeme, sum(cardinality(positions)) AS number
                FROM mediatheque_resourcepage page, unnest(page.search)
                WHERE page.file_id = file.id AND octet_length(lexeme) <= {LONGEST} GROUP BY lexeme
            ) stem
        ) stem
        WHERE bytes <= {MOST_BYTES}
    ), '')
    FROM mediatheque_resourcefile file WHERE file.id = ANY(%s)
    ON CONFLICT (file_id) DO UPDATE SET words = excluded.words"""  # noqa: S608 - our own numbers


def write_words(files: Iterable[int]) -> None:
    """Bring the rows of these files up to date: the pages that are there now."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(files)])


def write_missing() -> int:
    """Of files that were read and have no row; returns how many they were."""
    missing = list(ResourceFile.objects.read().filter(words=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(missing), CHUNK):
        write_words(missing[start : start + CHUNK])
    return len(missing)
