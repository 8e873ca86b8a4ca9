import json
import time
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any
from unittest import mock

import numpy as np
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from actors.management import synthetic
from actors.models import Actor, Offer
from coexist.common.databases import kept_database
from projects.matching import run
from projects.matching.candidates import actors_for
from projects.matching.enums import Subject
from projects.matching.facts import knowledge, need_facts
from projects.matching.frequencies import count_stems
from projects.matching.layout import SIZE
from projects.matching.learning import lessons
from projects.matching.management import bench_floor, bench_needs, bench_points, bench_workers
from projects.matching.models import MatchingDue
from projects.matching.pairs import actors_seen_from
from projects.matching.reading import point_of
from projects.matching.scoring import VERSION, score
from projects.models import Need

CHUNK = 5_000
STORED, COMMITTED = "new need, stored", "and told"
BEST = 50
READ = ["actors_actor", "actors_offer", "actors_offer_skills", "matching_offerpoint"]


class Command(BaseCommand):
    help = "Times matching in a synthetic network, and how much of the exact ranking the candidates hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--actors", type=int, default=10_000)
        parser.add_argument("--needs", type=int, default=200, help="Open needs; a quarter of them are timed as new.")
        parser.add_argument("--exhaustive", type=int, default=10, help="Needs compared with every actor.")
        parser.add_argument("--json", type=Path, help="File for the figures.")

    def handle(self, *args, actors: int, needs: int, exhaustive: int, **options) -> None:
        started = time.perf_counter()
        kept = kept_database(f"matching_{actors}", f"{synthetic.SEED} {SIZE} {VERSION}", lambda: _build(actors))
        with kept as made:
            found: dict[str, Any] = {"network": self._network(made, time.perf_counter() - started)}
            bench_workers.forget_needs()
            _warm()
            asked = bench_needs.write(needs)
            found |= self._one_need(asked[: max(2, needs // 4)])
            for need in asked:
                run.match_need(need)
            found["recall@50"] = self._recall(asked[:exhaustive])
            found |= self._workers()
            bench_workers.forget_needs()
        if options["json"]:
            options["json"].write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def _network(self, made: bool, seconds: float) -> dict:
        offers = Offer.objects.count()
        distinct = Offer.objects.values("title", "detail").distinct().count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT avg(length(title)) FROM actors_offer")
            (length,) = cursor.fetchone()
            cursor.execute("SHOW shared_buffers")
            (buffers,) = cursor.fetchone()
        found = {
            "actors": Actor.objects.count(), "offers": offers, "distinct texts": round(distinct / offers, 3),
            "characters": round(float(length), 1),
            "seconds to build, indexes included": round(seconds) if made else "kept from an earlier run",
            "shared buffers": f"{buffers}, tables and indexes read into them first",
        }  # fmt: skip
        self.stdout.write(", ".join(f"{name}: {value}" for name, value in found.items()))
        return found

    def _one_need(self, needs: list[Need]) -> dict:
        """From the start of the worker's task, beside the floor and BM25, one after the other for each need.

        What slows the machine for a while slows all of them.
        """
        others = {"exact product": bench_floor.exact_product(), "bm25s": bench_floor.bm25()}
        first, *rest = needs
        _as_the_worker(first)  # what is read once counts for nobody
        times: dict[str, list[float]] = {STORED: [], COMMITTED: [], **{name: [] for name in others}}
        for need in rest:
            stored, committed = _as_the_worker(need)
            times[STORED].append(stored)
            times[COMMITTED].append(committed)
            query = np.asarray(point_of(need).offer, dtype=np.float32)
            for name, work in others.items():
                started = time.perf_counter()
                work(need, query)
                times[name].append(time.perf_counter() - started)
        unit = median(times["exact product"])
        return {name: self._times(name, measured, unit) for name, measured in times.items()}

    def _times(self, name: str, measured: list[float], unit: float) -> dict:
        p50, p95 = median(measured), quantiles(measured, n=20)[-1]
        self.stdout.write(
            f"{name:18} p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms  {p50 / unit:5.2f} x the exact product"
            f"  (p95: {p95 / unit:.2f} x)"
        )
        return {"p50 ms": p50 * 1000, "p95 ms": p95 * 1000, "p50 x floor": p50 / unit, "p95 x floor": p95 / unit}

    def _recall(self, needs: list[Need]) -> float:
        shares = [_recall_of(need) for need in needs]
        self.stdout.write(f"recall@{BEST} against scoring every actor: {fmean(shares):.4f}, lowest {min(shares):.2f}")
        return fmean(shares)

    def _workers(self) -> dict:
        found: dict[str, Any] = {}
        for workers in (1, 2):
            done = bench_workers.rescoring_by(workers)
            cpu = ", ".join(f"{name} {share:.2f}" for name, share in done.cpu.items())
            self.stdout.write(
                f"rescoring, {workers} worker(s): {done.needs_per_second:.2f} needs/s; of a core: {cpu}; "
                f"peak {done.peak_mib:.0f} MiB"
            )
            found[f"rescoring by {workers}"] = {
                "needs/s": done.needs_per_second, "cpu": done.cpu, "peak MiB": done.peak_mib
            }  # fmt: skip
        ratio = found["rescoring by 2"]["needs/s"] / found["rescoring by 1"]["needs/s"]
        self.stdout.write(f"two workers against one: {ratio:.2f} x")
        return {**found, "two workers x one": ratio}


def _warm() -> None:
    """As in a server that has run for a while: its tables and indexes stand in its memory."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        cursor.execute("SELECT pg_prewarm(indexrelid) FROM pg_index WHERE indrelid = ANY (%s::regclass[])", [READ])
        cursor.execute("SELECT pg_prewarm(name) FROM unnest(%s::regclass[]) AS name", [READ])


def _build(actors: int) -> None:
    call_command("load_taxonomy", verbosity=0)
    synthetic.build(actors, offers=(2, 4))
    bench_points.fill()
    count_stems()


def _as_the_worker(need: Need) -> tuple[float, float]:
    """Seconds until the matches are stored, and until people are told and all is committed."""
    due = MatchingDue.ask(Subject.NEED, need)
    stored = []
    telling = run.announce_new

    def noted(need: Need) -> None:
        stored.append(time.perf_counter())
        telling(need)

    started = time.perf_counter()
    with mock.patch.object(run, "announce_new", noted):
        run.run_due(due)
    return stored[0] - started, time.perf_counter() - started


def _recall_of(need: Need) -> float:
    """Share of the 50 best of all actors that are candidates."""
    (facts,), point, known = need_facts([need]), point_of(need), knowledge()
    keys = list(Actor.objects.approved().order_by("pk").values_list("pk", flat=True))
    totals = [
        (score(facts, seen, known, lessons(facts, need.project_id, [])).total, seen.pk)
        for start in range(0, len(keys), CHUNK)
        for seen in actors_seen_from(need, facts.words, point, keys[start : start + CHUNK])
    ]
    best = {pk for _total, pk in sorted(totals, reverse=True)[:BEST]}
    return len(best & actors_for(need, point, facts.words)) / len(best)
