"""Searching actors by name, by words and by meaning, in one order.

Four ways find candidates, each in an index and each bounded: names that look alike (trigrams),
words of profiles and offers (full text), skills of the taxonomy that the search names, and texts
that mean the same (sentence vectors). Then every candidate is measured in all four ways, whichever
found it, and the parts are added up.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Max, Min, QuerySet, Value, When
from django.db.models.functions import Cast
from pgvector.django import CosineDistance

from coexist.common.language.index import half_distance
from coexist.common.language.queries import query_vector
from coexist.common.language.text import normalise, stems
from coexist.common.search import LONGEST_QUERY, all_of, any_of, search_words

from ..models import Actor, Offer
from ..skills.detection import detect

# Bounds of each way of finding: at 100,000 actors a page stays a matter of tens of milliseconds.
BY_NAME = 100
BY_ALL_WORDS = 300
BY_ONE_WORD = 100
BY_SKILL = 300
NEAREST = 150
MOST_WORDS = 6  # looked for one by one
# Cosine from which a search and a text count as related; chosen by eye on few searches (docs/directory.md).
LEAST_ALIKE = 0.24
LEAST_ALIKE_NAME = 0.6  # PostgreSQL's own threshold of word similarity
FULL_RANK = 0.6079  # ts_rank of a text that has every word once, in its title
# Parts of the score.
NAME, WORDS, SKILL, MEANING = 1.0, 1.0, 0.5, 1.0
# How people begin: it says nothing of what they look for, and draws the vector away.
_OPENING = re.compile(
    r"^(?:(?:nous|on|je|j'|qui|bonjour|quelqu'un|une?|des|du|de la|de|d'|peut|pourrait|pour|qui|"
    r"cherch\w*|recherch\w*|voudri\w*|aurai\w*|avons|besoin|aid\w*|à|a)(?:[\s,:']+|(?<=')))+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wanted:
    """What somebody typed, read once."""

    text: str

    @cached_property
    def all_words(self) -> list[str]:
        return search_words(self.text)

    @property
    def words(self) -> list[str]:
        """Those that full text search knows."""
        return [word for word in self.all_words if word not in self.technical]

    @cached_property
    def stems(self) -> set[str]:
        return set(stems(self.text))

    @cached_property
    def technical(self) -> list[str]:
        """Words that full text search would cut short: C++, C#, .NET."""
        return [word for word in self.all_words if set(word) & set("+#")]

    @cached_property
    def skills(self) -> list[int]:
        return [mention.skill for mention in detect(self.text)]

    @cached_property
    def vector(self) -> Any:
        """Of the text without its polite opening; None where it means nothing, or names a technique alone."""
        if not self.words:
            return None
        return query_vector(_OPENING.sub("", self.text.replace("’", "'")) or self.text)

    @property
    def plain(self) -> str:
        return normalise(self.text)

    @property
    def rank(self) -> Any:
        """How well a row's words answer: 0 to about 1."""
        parts: Any = Value(0.0, FloatField())
        if self.words:
            parts = Cast(SearchRank(F("search"), any_of(self.words)) / FULL_RANK, FloatField())
        if self.technical:
            parts = parts + Case(When(stems__overlap=self.technical, then=Value(1.0)), default=Value(0.0))
        return parts

    @property
    def distance(self) -> Any:
        return CosineDistance("vector", self.vector) if self.vector is not None else Value(None, FloatField())

    @property
    def carries(self) -> Any:
        """1 for an actor whose offers carry a skill that the search names."""
        if not self.skills:
            return Value(0.0)
        return Case(When(offer_skills__overlap=self.skills, then=Value(1.0)), default=0.0, output_field=FloatField())


def read(text: str) -> Wanted | None:
    """What `text` asks for; None where it holds nothing to search for."""
    wanted = Wanted(" ".join(text[:LONGEST_QUERY].split()))
    return wanted if wanted.all_words else None


@dataclass(frozen=True)
class Found:
    """Scores of the actors found, by key; `is_cut` where more of them have these words than are read."""

    scores: dict[int, float]
    is_cut: bool

    def best_first(self, among: Iterable[int]) -> list[int]:
        return sorted(among, key=lambda actor: (-self.scores[actor], actor))


def search(lists: Sequence[QuerySet[Actor]], wanted: Wanted) -> Found:
    """Actors that answer, looked for in each of `lists`.

    A list is searched with and without its facets: with them, so that no answer among those chosen
    is missed; without, so that the other values can be counted.
    """
    candidates, is_cut = _candidates(lists, wanted)
    return Found(_scores(candidates, wanted), is_cut)


def _candidates(lists: Sequence[QuerySet[Actor]], wanted: Wanted) -> tuple[set[int], bool]:
    """Keys of the actors that one of the four ways finds, in one statement; whether one had more."""
    ways = [way for rows in lists for way in _ways(rows.order_by(), wanted)]
    bounds = [most for _rows, most in ways]
    numbered = [
        rows.annotate(way=Value(number)).values_list(key, "way")[:most]
        for number, ((rows, key), most) in enumerate((((rows, _key(rows)), most) for rows, most in ways))
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOOK_FURTHER)
        found = list(numbered[0].union(*numbered[1:], all=True))
    taken = Counter(way for _actor, way in found)
    is_cut = any(taken[number] >= most for number, most in enumerate(bounds) if most not in (NEAREST, BY_NAME))
    return {actor for actor, _way in found}, is_cut


def _key(rows: QuerySet) -> str:
    return "pk" if rows.model is Actor else "actor_id"


def _ways(rows: QuerySet[Actor], wanted: Wanted) -> list[tuple[QuerySet, int]]:
    """Rows of actors or offers, and how many of them are read."""
    offers = Offer.objects.filter(actor__in=rows.values("pk")).order_by()
    ways: list[tuple[QuerySet, int]] = [(rows.filter(name_key__trigram_word_similar=wanted.plain), BY_NAME)]
    if wanted.words:
        ways += [(texts.filter(search=all_of(wanted.words)), BY_ALL_WORDS) for texts in (rows, offers)]
    if len(wanted.words) > 1:
        each = [all_of([word]) for word in wanted.words[:MOST_WORDS]]
        ways += [(texts.filter(search=word), BY_ONE_WORD) for word in each for texts in (rows, offers)]
    if wanted.technical:
        ways.append((rows.filter(stems__overlap=wanted.technical), BY_ALL_WORDS))
    if wanted.skills:
        ways.append((rows.filter(offer_skills__overlap=wanted.skills), BY_SKILL))
    if wanted.vector is not None:
        nearest = half_distance(wanted.vector)
        ways += [(texts.exclude(vector=None).order_by(nearest), NEAREST) for texts in (rows, offers)]
    return ways


# The index gives the nearest rows first; where filters leave some out it goes on, for so many rows.
LOOK_FURTHER = f"""SELECT set_config('hnsw.ef_search', '{NEAREST}', true),
    set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.max_scan_tuples', '4000', true)"""


def _scores(candidates: set[int], wanted: Wanted) -> dict[int, float]:
    """Score of each candidate that says something of what is wanted."""
    by_offer = _best_offers(candidates, wanted)
    scores = {}
    for actor, name, rank, carries, far in _measured(candidates, wanted):
        offer_rank, offer_far = by_offer.get(actor, (0.0, None))
        alike = max((1 - d for d in (far, offer_far) if d is not None), default=0.0)
        meaning = alike if alike >= LEAST_ALIKE else 0.0
        total = NAME * _name_part(name) + WORDS * max(rank, offer_rank) + SKILL * carries + MEANING * meaning
        if total > 0:
            scores[actor] = total
    return scores


def _name_part(alike: float) -> float:
    """Names less alike than this share a syllable, no more."""
    return alike if alike >= LEAST_ALIKE_NAME else 0.0


def _measured(candidates: set[int], wanted: Wanted) -> Iterable[tuple]:
    rows = Actor.objects.filter(pk__in=candidates).order_by()
    return rows.values_list(
        "pk",
        TrigramWordSimilarity(wanted.plain, "name_key"),
        wanted.rank,
        wanted.carries,
        wanted.distance,
    )


def _best_offers(candidates: set[int], wanted: Wanted) -> dict[int, tuple[float, float | None]]:
    """Of each candidate, the best that one of its offers reaches, by words and by meaning."""
    offers = Offer.objects.filter(actor__in=candidates).order_by().values("actor")
    best = offers.annotate(best_rank=Max(wanted.rank), nearest=Min(wanted.distance))
    return {actor: (rank, far) for actor, rank, far in best.values_list("actor", "best_rank", "nearest")}
