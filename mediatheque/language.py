"""Texts in French or English, each searched by the stems of its own language."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Left

from coexist.common.search import CONFIG as FRENCH

ENGLISH = "coexist_en"  # made by this app's third migration, as the French one: without accents
LONGEST = 100_000  # characters: PostgreSQL keeps no more than a megabyte of words of one text


def in_its_language(column: str, is_english: Q) -> Case:
    """Vector of a column for a generated one; what is in neither language is read as French."""
    text = Left(F(column), Value(LONGEST))
    return Case(When(is_english, then=SearchVector(text, config=ENGLISH)), default=SearchVector(text, config=FRENCH))
