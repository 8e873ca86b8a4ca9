from pathlib import Path
from statistics import fmean

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coexist.common.databases import scratch_database
from projects.matching import collections, fitting
from projects.matching.fitting import JudgedNeed
from projects.matching.reading import index_need
from projects.matching.run import score_actors
from projects.matching.scoring import BANDS, Score

FLOORS = (2.0, 1.5, 1.0, 0.5, 0.0, -0.5, -1.0, -1.5, -2.0, -2.5, -3.0)


class Command(BaseCommand):
    help = "What each part of the score brings on a judged collection, whether fitted weights do better, and bands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder with actors.jsonl, needs.jsonl and qrels.tsv")

    def handle(self, *args, folder: Path, **options) -> None:
        try:
            collection = collections.read(folder)
        except collections.CollectionError as error:
            raise CommandError(str(error)) from error
        with scratch_database():
            collections.load(collection)
            ranked = collections.each_need(collection, _scored)
        parts = sorted({part for scores, _ids in ranked.values() for one in scores for part in _by_part(one)})
        needs = [_judged(scores, ids, collection.grades[need], parts) for need, (scores, ids) in ranked.items()]
        self._parts(needs, parts)
        self._fitted(needs, parts)
        self._bands(ranked, collection)

    def _parts(self, needs: list[JudgedNeed], parts: list[str]) -> None:
        whole = fitting.measured(needs, np.ones(len(parts)))
        self.stdout.write(f"whole score, nDCG@10 over {len(needs)} needs: {fmean(whole):.3f}\n")
        self.stdout.write(f"{'part':16}{'alone':>8}{'whole without it':>18}{'p':>8}")
        for number, part in enumerate(parts):
            alone = fmean(fitting.measured(needs, fitting.alone(number, len(parts))))
            rest = fitting.measured(needs, fitting.without(number, len(parts)))
            self.stdout.write(f"{part:16}{alone:8.3f}{fmean(rest):18.3f}{fitting.p_value(whole, rest):8.3f}")

    def _fitted(self, needs: list[JudgedNeed], parts: list[str]) -> None:
        now, factors = fitting.measured(needs, np.ones(len(parts))), fitting.fit(needs)
        trained, held_out = fitting.measured(needs, factors), fitting.cross_validated(needs)
        told = (f"{part} {factor:.2f}" for part, factor in zip(parts, factors, strict=True))
        self.stdout.write(f"\nfactors that fit best: {', '.join(told)}")
        self.stdout.write(
            f"nDCG@10 as it is {fmean(now):.3f}; fitted, on the needs it was fitted to {fmean(trained):.3f}; "
            f"fitted, cross-validated {fmean(held_out):.3f} (p {fitting.p_value(now, held_out):.3f})"
        )

    def _bands(self, ranked: dict, collection: collections.Collection) -> None:
        totals, good = [], []
        for need, (scores, ids) in ranked.items():
            for one, actor in zip(scores, ids, strict=True):
                totals.append(one.total)
                good.append(collection.grades[need].get(actor, 0) >= 2)
        self.stdout.write(f"\n{'total from':>10}{'pairs':>8}{'grade >= 2':>12}   bands: {BANDS}")
        for floor, pairs, share in fitting.precision_from(totals, good, FLOORS):
            self.stdout.write(f"{floor:10.1f}{pairs:8}{share:12.2f}")


def _scored(need) -> list[Score]:
    index_need(need)
    return score_actors(need)


def _by_part(score: Score) -> dict[str, float]:
    """Parts of the score; the closeness of skills is one, whatever it is told as."""
    parts: dict[str, float] = {}
    for reason in score.reasons:
        if reason.value:
            part = "skill" if reason.code.startswith("skill") else reason.code
            parts[part] = parts.get(part, 0.0) + reason.value
    return parts


def _judged(scores: list[Score], ids: list[str], grades: dict[str, int], parts: list[str]) -> JudgedNeed:
    """Candidates in the order of their names: where a part ties, the whole score must not decide."""
    candidates = sorted(zip(ids, scores, strict=True), key=lambda pair: pair[0])
    table = [[of_one.get(part, 0.0) for part in parts] for of_one in (_by_part(one) for _id, one in candidates)]
    return JudgedNeed(
        np.array(table).reshape(-1, len(parts)),
        np.array([grades.get(actor, 0) for actor, _one in candidates], dtype=int),
        tuple(grades.values()),
    )
