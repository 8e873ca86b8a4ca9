import random
import resource
import time
from collections.abc import Callable
from statistics import median, quantiles

from django.core.management.base import BaseCommand, CommandParser
from pgvector.django import CosineDistance

from actors.enums import ActorKind, Mode, OfferKind
from actors.models import Offer, Skill
from actors.skills.taxonomy import load_taxonomy
from projects.matching import collections
from projects.matching.facts import knowledge
from projects.matching.run import index_need, rank_actors
from projects.models import Need

SEED = 20200206
TERRITORIES = ["74", "01", "69", "SN", "MG", "BF", "TG", "CH-GE"]


class Command(BaseCommand):
    help = "Times the ranking of actors for a need, against one exact nearest-neighbour query of the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--actors", type=int, default=2000)
        parser.add_argument("--needs", type=int, default=40)

    def handle(self, *args, actors: int, needs: int, **options) -> None:
        with collections.scratch_database():
            load_taxonomy()
            made = _synthetic(actors, needs)
            started = time.perf_counter()
            collections.load(made)
            self.stdout.write(f"{actors} actors written and indexed in {time.perf_counter() - started:.1f} s")
            asked = collections.write_needs(made)
            for need in asked:
                index_need(need)
            known = knowledge()
            nearest = _times(asked, _nearest)
            ranking = _times(asked, lambda need: rank_actors(need, known))
        self._report("exact nearest 50 offers, one query", nearest, nearest)
        self._report("rank_actors, whole", ranking, nearest)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stdout.write(f"peak memory of the process: {peak:.0f} MiB, encoder included")

    def _report(self, name: str, times: list[float], unit: list[float]) -> None:
        p95 = quantiles(times, n=20)[-1]
        ratio = median(times) / median(unit)
        self.stdout.write(f"{name:40} p50 {median(times) * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms  ratio {ratio:5.1f}")


def _nearest(need: Need) -> list[Offer]:
    return list(Offer.objects.order_by(CosineDistance("vector", need.vector))[:50])


def _times(needs: list, work: Callable) -> list[float]:
    work(needs[0])  # warm caches count for neither side
    times = []
    for need in needs:
        started = time.perf_counter()
        work(need)
        times.append(time.perf_counter() - started)
    return times


def _synthetic(actors: int, needs: int) -> collections.Collection:
    """Actors and needs made of the taxonomy's own labels, always the same ones."""
    chance = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    labels = [label for skill in Skill.objects.order_by("pk") for label in skill.labels]

    def some(values: list, most: int) -> list:
        return chance.sample(values, chance.randint(1, most))

    people = [
        {
            "id": f"a{number}", "kind": chance.choice(ActorKind.values), "name": f"Acteur {number}",
            "summary": ", ".join(some(labels, 4)), "themes": some(list(range(1, 18)), 4), "languages": ["fr"],
            "territories": some(TERRITORIES, 4),
            "offers": [
                {
                    "skill": " et ".join(some(labels, 2)),
                    "kind": chance.choice(OfferKind.values),
                    "modes": some(Mode.values, 3),
                }
                for _each in range(chance.randint(1, 3))
            ],
        }
        for number in range(actors)
    ]  # fmt: skip
    wanted = [
        {
            "id": f"n{number}", "project_title": chance.choice(labels), "need_title": chance.choice(labels),
            "need_detail": ", ".join(some(labels, 3)), "kind": chance.choice(OfferKind.values),
            "modes_accepted": some(Mode.values, 3), "territories": some(TERRITORIES, 2), "languages": ["fr"],
        }
        for number in range(needs)
    ]  # fmt: skip
    return collections.Collection(people, wanted, {})
