"""French full text search, one way for every list."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import F, Q

from coexist.common.language.text import STOP_WORDS, words

# Made of unaccent and French stems by this app's first migration.
CONFIG = "coexist_fr"
LONGEST_QUERY = 200  # characters read of what somebody typed
MOST_WORDS = 12


def search_vector(**weights: str) -> SearchVector:
    """Vector of a model's own fields for a generated column: search_vector(name="A", summary="B")."""
    parts = [SearchVector(field, weight=weight, config=CONFIG) for field, weight in weights.items()]
    whole: Any = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole


def search_words(text: str) -> list[str]:
    """Words of what somebody typed, each once, without those that only carry grammar."""
    return [word for word in dict.fromkeys(words(text[:LONGEST_QUERY])) if word not in STOP_WORDS][:MOST_WORDS]


def search_query(text: str) -> SearchQuery | None:
    """Any of the words, ranked later: a plain AND of stems finds almost nothing in short texts.

    None when nothing is left to search for.
    """
    found = search_words(text)
    return SearchQuery(any_of(found), search_type="raw", config=CONFIG) if found else None


def any_of(asked: Sequence[str]) -> str:
    """Any of these words, as `to_tsquery` reads it."""
    return " | ".join(map(_quoted, asked))


def all_of(asked: Sequence[str]) -> str:
    """Every one of these words, as `to_tsquery` reads it."""
    return " & ".join(map(_quoted, asked))


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "") + "'"


def ranked(queryset: models.QuerySet, query: SearchQuery, *, or_these: Q | None = None) -> models.QuerySet:
    """Rows whose `search` column meets the query, or `or_these`, best first."""
    condition = Q(search=query)
    if or_these is not None:
        condition |= or_these
    return queryset.filter(condition).annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "pk")
