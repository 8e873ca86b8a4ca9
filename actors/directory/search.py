"""Searching actors by name, by words and by meaning, in one order.

Four ways find candidates, each in an index and each bounded: names that look alike (trigrams),
words of profiles and offers (full text), skills of the taxonomy that the search names, and texts
that mean the same (sentence vectors). Then every candidate is measured in all four ways, whichever
found it, and the parts are added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import BigIntegerField, Case, F, FloatField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from coexist.common.language.index import nearest_first
from coexist.common.search import all_of, any_of

from ..models import Actor, Offer
from .wanted import Wanted

# Bounds of each way of finding: at 100,000 actors a page stays a matter of tens of milliseconds.
BY_NAME = 30
BY_ALL_WORDS = 100
BY_ONE_WORD = 30
BY_SKILL = 100
NEAREST = 60
MOST_WORDS = 6  # looked for one by one
# Cosine from which a search and a text count as related; chosen by eye on few searches (docs/directory.md).
LEAST_ALIKE = 0.24
LEAST_ALIKE_NAME = 0.6  # PostgreSQL's own threshold of word similarity
FULL_RANK = 0.6079  # ts_rank of a text that has every word once, in its title
# Parts of the score.
NAME, WORDS, SKILL, MEANING = 1.0, 1.0, 0.5, 1.0


@dataclass(frozen=True)
class Answering:
    """The offer by which an actor answers, and the skill that the search names, where it carries one."""

    offer: int
    skill: int | None


@dataclass(frozen=True)
class Found:
    """The actors found, by key: their scores, and the offers that answer.

    `is_cut` where more of them have these words than are read.
    """

    scores: dict[int, float]
    offers: dict[int, Answering]
    is_cut: bool

    def best_first(self, among: Iterable[int]) -> list[int]:
        return sorted(among, key=lambda actor: (-self.scores[actor], actor))


def search(lists: Sequence[QuerySet[Actor]], wanted: Wanted) -> Found:
    """Actors that answer, looked for in each of `lists`, found and measured in one statement.

    A list is searched with and without its facets: with them, so that no answer among those chosen
    is missed; without, so that the other values can be counted.
    """
    ways = [way for rows in lists for way in _ways(rows.order_by(), wanted)]
    # Names and nearest texts always fill their bound: only the other ways can have had more to give.
    bounds = [None if most in (NEAREST, BY_NAME) else most for _rows, most in ways]
    (found, found_values), (actors, actor_values), (offers, offer_values) = map(
        _compiled, (_found_by(ways), _measured(wanted), _measured_offers(wanted))
    )
    with nearest_first(NEAREST, among=4_000), connection.cursor() as cursor:
        cursor.execute(
            STATEMENT.format(found=found, actors=actors, offers=offers),
            [*found_values, *actor_values, *offer_values, bounds],
        )
        rows = cursor.fetchall()
    candidates = _read(rows)
    scores = {key: one.score for key, one in candidates.items() if one.score > 0}
    answering = {key: one.answering for key, one in candidates.items() if one.answering}
    return Found(scores, answering, any(is_cut for *_measures, is_cut in rows[:1]))


# No word of a visitor's: parameters carry them.
STATEMENT = """
    WITH found_by (actor, way) AS MATERIALIZED ({found}),
        found AS MATERIALIZED (SELECT DISTINCT actor FROM found_by),
        measured AS MATERIALIZED ({actors}),
        offers AS MATERIALIZED ({offers}),
        taken AS (SELECT way, count(*) AS number FROM found_by GROUP BY way)
    SELECT measured.key, measured.alike, measured.words, measured.carries, measured.far,
        offers.key, offers.words, offers.far, offers.skill,
        (SELECT bool_or(number >= (%s::int[])[way + 1]) FROM taken)
    FROM measured LEFT JOIN offers ON offers.actor = measured.key"""


def _compiled(rows: QuerySet) -> tuple[str, tuple]:
    return rows.query.get_compiler(connection=connection).as_sql()


# Finding ----------------------------------------------------------------------------------------


def _found_by(ways: Sequence[tuple[QuerySet, int]]) -> QuerySet:
    """Keys of the actors that each way finds, with the way's number."""
    numbered = [
        rows.annotate(way=Value(number)).values_list("pk" if rows.model is Actor else "actor_id", "way")[:most]
        for number, (rows, most) in enumerate(ways)
    ]
    return numbered[0].union(*numbered[1:], all=True)


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
    if wanted.distance is not None:
        ways += [(texts.exclude(vector=None).order_by(wanted.distance), NEAREST) for texts in (rows, offers)]
    return ways


# Measuring --------------------------------------------------------------------------------------

_FOUND = RawSQL("SELECT actor FROM found", ())


def _measured(wanted: Wanted) -> QuerySet:
    """How well each actor that was found answers by itself."""
    return Actor.objects.filter(pk__in=_FOUND).order_by().values(
        key=F("pk"), alike=TrigramWordSimilarity(wanted.plain, "name_key"), words=_rank(wanted),
        carries=_carries(wanted), far=_distance(wanted),
    )  # fmt: skip


def _measured_offers(wanted: Wanted) -> QuerySet:
    """How well each of their offers answers."""
    offers = Offer.objects.filter(actor__in=_FOUND).order_by()
    return offers.values("actor", key=F("pk"), words=_rank(wanted), far=_distance(wanted), skill=_skill(wanted))


def _rank(wanted: Wanted) -> Any:
    """How well a row's words answer: 0 to about 1."""
    parts: Any = Value(0.0, FloatField())
    if wanted.words:
        parts = SearchRank(F("search"), any_of(wanted.words)) / FULL_RANK
    if wanted.technical:
        parts = parts + Case(When(stems__overlap=wanted.technical, then=Value(1.0)), default=Value(0.0))
    return Cast(parts, FloatField())


def _distance(wanted: Wanted) -> Any:
    return wanted.distance if wanted.distance is not None else Value(None, FloatField())


def _carries(wanted: Wanted) -> Any:
    """1 for an actor whose offers carry a skill that the search names."""
    carries: Any = Value(0.0)
    if wanted.skills:
        carries = Case(When(offer_skills__overlap=wanted.skills, then=Value(1.0)), default=Value(0.0))
    return Cast(carries, FloatField())


def _skill(wanted: Wanted) -> Any:
    """Of an offer, a skill that the search names."""
    if not wanted.skills:
        return Value(None, BigIntegerField())
    carried = Offer.skills.through.objects.filter(offer=OuterRef("pk"), skill__in=wanted.skills)
    return Subquery(carried.order_by("skill").values("skill")[:1])


@dataclass
class _Candidate:
    """The best that an actor and its offers reach in each way."""

    name: float
    words: float
    carries: float
    alike: float
    answering: Answering | None = None
    strength: float = field(default=0.0)  # of the answering offer

    @property
    def score(self) -> float:
        """Names less alike than the least share a syllable, no more."""
        name = self.name if self.name >= LEAST_ALIKE_NAME else 0.0
        return NAME * name + WORDS * self.words + SKILL * self.carries + MEANING * _meaning(self.alike)


def _meaning(alike: float) -> float:
    return alike if alike >= LEAST_ALIKE else 0.0


def _read(rows: Iterable[tuple]) -> dict[int, _Candidate]:
    """Candidates by key, from one row for each of their offers."""
    candidates: dict[int, _Candidate] = {}
    for actor, name, words, carries, far, offer, offer_words, offer_far, skill, _is_cut in rows:
        one = candidates.get(actor)
        if one is None:
            one = candidates[actor] = _Candidate(name, words, carries, _alike(far))
        if offer is None:
            continue
        alike = _alike(offer_far)
        one.words, one.alike = max(one.words, offer_words), max(one.alike, alike)
        strength = WORDS * offer_words + SKILL * (skill is not None) + MEANING * _meaning(alike)
        if strength > one.strength:
            one.answering, one.strength = Answering(offer, skill), strength
    return candidates


def _alike(far: float | None) -> float:
    return 1 - far if far is not None else 0.0
