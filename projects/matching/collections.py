"""Relevance collections: loading one into a scratch database, ranking it, and the measures.

The format is that of the collections' own README: actors.jsonl, needs.jsonl, qrels.tsv. Nothing
here reads an answer before the ranking is done, and nothing reads `hardness` but the report.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, Offer
from actors.services import detected_skills
from actors.skills.taxonomy import load_taxonomy
from projects.enums import NeedState, ProjectState
from projects.models import Need, Project

from .fitting import gain
from .frequencies import count_stems
from .reading import index_actors, index_need
from .run import rank_actors
from .scoring import Score

CUT = 10
RUN_DEPTH = 50
CHUNK = 500
ASKING = "collection-lead"  # slug of the actor whose projects ask for everything


class CollectionError(Exception):
    """The folder does not hold a collection; the message says what is wrong with it."""


@dataclass(frozen=True)
class Collection:
    actors: list[dict]
    needs: list[dict]
    grades: dict[str, dict[str, int]]  # need -> actor -> 0..3


def read(folder: Path) -> Collection:
    try:
        actors, needs = _lines(folder / "actors.jsonl"), _lines(folder / "needs.jsonl")
        grades: dict[str, dict[str, int]] = defaultdict(dict)
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            parts = line.split()
            if len(parts) == 3:
                grades[parts[0]][parts[1]] = int(parts[2])
    except (OSError, ValueError) as error:
        raise CollectionError(f"{folder} is not a collection: {error}") from error
    if not needs or not actors:
        raise CollectionError(f"{folder} has no needs or no actors.")
    return Collection(actors, needs, grades)


def _lines(file: Path) -> list[dict]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise ValueError(f"entry {number} of {file.name} has no id")
    return rows


def load(collection: Collection) -> None:
    """Write the collection's actors, as approved ones, and index them as production does."""
    load_taxonomy()
    for start in range(0, len(collection.actors), CHUNK):
        _load_actors(collection.actors[start : start + CHUNK])
    count_stems()


def _load_actors(entries: list[dict]) -> None:
    actors = Actor.objects.bulk_create([_actor(entry) for entry in entries])
    offers = Offer.objects.bulk_create(
        [
            Offer(
                actor=actor, title=given["skill"][:150], detail=(given.get("detail") or "")[:2000],
                kind=given.get("kind") or "skill", modes=given.get("modes") or [],
            )
            for actor, entry in zip(actors, entries, strict=True)
            for given in entry.get("offers") or []
        ]
    )  # fmt: skip
    carried = Offer.skills.through
    carried.objects.bulk_create(
        [carried(offer_id=offer.pk, skill_id=skill) for offer in offers for skill in detected_skills(offer.title)]
    )
    index_actors(list(Actor.objects.filter(pk__in=[actor.pk for actor in actors]).prefetch_related("offers")))


def _actor(entry: dict) -> Actor:
    return Actor(
        name=(entry.get("name") or entry["id"])[:150],
        slug=entry["id"].lower()[:80],
        kind=entry.get("kind") or "ngo",
        summary=(entry.get("summary") or "")[:280],
        state=ActorState.APPROVED,
        territories=entry.get("territories") or [],
        themes=entry.get("themes") or [],
        languages=entry.get("languages") or [],
    )


def rank(collection: Collection) -> dict[str, list[tuple[str, float]]]:
    """Each need's best actors with their scores, by the code that production runs."""

    def ranked(need: Need) -> list[Score]:
        index_need(need)
        return rank_actors(need)[:RUN_DEPTH]

    return {
        need: [(actor, found.total) for found, actor in zip(scores, ids, strict=True)]
        for need, (scores, ids) in each_need(collection, ranked).items()
    }


def each_need(
    collection: Collection, scored: Callable[[Need], list[Score]]
) -> dict[str, tuple[list[Score], list[str]]]:
    """What `scored` finds for each need, with the collection's names of the actors."""
    ids = {entry["id"].lower()[:80]: entry["id"] for entry in collection.actors}
    slugs = dict(Actor.objects.values_list("pk", "slug"))
    found = {}
    for entry, need in zip(collection.needs, write_needs(collection), strict=True):
        scores = scored(need)
        found[entry["id"]] = (scores, [ids[slugs[one.actor]] for one in scores])
    return found


def write_needs(collection: Collection) -> list[Need]:
    """The collection's needs, open, all asked by one actor that offers nothing."""
    asking = Actor.objects.create(name="Collection", slug=ASKING, kind="ngo", state=ActorState.APPROVED)
    return [_write_need(entry, asking) for entry in collection.needs]


def _write_need(entry: dict, asking: Actor) -> Need:
    project = Project.objects.create(
        lead=asking,
        title=(entry.get("project_title") or "")[:150],
        slug=f"collection-{entry['id']}".lower()[:80],
        summary=(entry.get("project_summary") or "")[:280],
        state=ProjectState.PUBLISHED,
        themes=entry.get("themes") or [],
        territories=entry.get("territories") or [],
        languages=entry.get("languages") or [],
    )
    need = Need.objects.create(
        project=project,
        title=(entry.get("need_title") or "")[:150],
        detail=(entry.get("need_detail") or "")[:3000],
        kind=entry.get("kind") or "skill",
        modes=entry.get("modes_accepted") or [],
        state=NeedState.PUBLISHED,
        published_at=timezone.now(),
    )
    need.skills.set(detected_skills(need.title))
    return need


def measure(collection: Collection, run: dict[str, list[tuple[str, float]]]) -> dict[str, dict[str, float]]:
    """nDCG@10 (gain 2^grade - 1, discount log2(rank + 1)), recall@10 and MRR@10 of grade >= 2,
    means over all needs, then over each hardness."""
    rows = {
        entry["id"]: _of_need(run.get(entry["id"], []), collection.grades[entry["id"]]) for entry in collection.needs
    }
    groups: dict[str, list[dict[str, float]]] = {"overall": list(rows.values())}
    for entry in collection.needs:
        groups.setdefault(entry.get("hardness") or "unknown", []).append(rows[entry["id"]])
    return {
        name: {"needs": len(members), **{key: round(fmean(row[key] for row in members), 4) for key in members[0]}}
        for name, members in groups.items()
    }


def _of_need(ranked: list[tuple[str, float]], grades: dict[str, int]) -> dict[str, float]:
    top = [actor for actor, _score in ranked[:CUT]]
    good = {actor for actor, grade in grades.items() if grade >= 2}
    ideal = gain(sorted(grades.values(), reverse=True)[:CUT])
    first = next((place for place, actor in enumerate(top, start=1) if actor in good), None)
    return {
        "nDCG@10": gain([grades.get(actor, 0) for actor in top]) / ideal if ideal else 0.0,
        "recall@10": len(good.intersection(top)) / len(good) if good else 0.0,
        "MRR@10": 1 / first if first else 0.0,
        "hard negatives": float(sum(grades.get(actor) == 0 for actor in top)),
        "first wrong": float(not top or grades.get(top[0], 0) == 0),
    }
