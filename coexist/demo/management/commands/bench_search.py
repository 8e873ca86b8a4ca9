import json
import time
from itertools import count, cycle
from statistics import median, quantiles
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchRank
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.models import F
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.management import synthetic
from coexist.common.databases import kept_database
from coexist.common.finding.findable import findables
from coexist.common.finding.sentence import Sentence
from coexist.common.finding.views import SHOWN
from coexist.common.search import search_query
from coexist.demo.management import synthetic_site

# What is typed; each in turn, so that no answer is the one before.
WORDS = {
    "a word": ["eau", "comptabilité", "forage", "théâtre", "Sahel", "Annecy", "formation", "jeunes"],
    "several words": ["eau potable Dakar", "gestion de projet à distance", "jeunes du Sahel", "traduction anglais"],
    "a slip": ["comptabilte", "Fondaton du Lémn", "Coopertive des semences", "traducton", "forrage"],
    "a sentence": [
        "nous cherchons quelqu'un pour relire nos statuts", "qui peut former nos bénévoles à la comptabilité ?",
        "un local pour stocker du matériel médical", "réparer une pompe solaire dans un village",
    ],
    "nothing": ["xyzzyx", "qwrtzp plgh"],
}  # fmt: skip
TYPED = ["co", "compt", "eau po", "fondation du", "forag", "th", "traduc", "lém", "comptabilte", "Sahel"]
_visitors = count()


class Command(BaseCommand):
    help = "Times the search over everything, against PostgreSQL's plain full text of the same words in the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=100_000, help="Of all types together.")
        parser.add_argument("--rounds", type=int, default=40, help="Requests measured of each kind.")
        parser.add_argument("--json", default="", help="A file for the figures.")

    def handle(self, *args: Any, rows: int, rounds: int, **options: Any) -> None:
        started = time.perf_counter()
        made_by = f"{synthetic.SEED} {synthetic_site.SHARES}"
        site = kept_database(f"everything_{rows}", made_by, lambda: synthetic_site.build(rows))
        with site as made, override_settings(ALLOWED_HOSTS=["*"]):
            how = "made" if made else "found from an earlier run"
            counts = {one.code: one.rows(AnonymousUser()).count() for one in findables()}
            self.stdout.write(f"{sum(counts.values())} rows {how} in {time.perf_counter() - started:.0f} s: {counts}")
            figures = self._measure(rounds)
        if options["json"]:
            with open(options["json"], "w", encoding="utf-8") as file:
                json.dump(figures, file, indent=1)

    def _measure(self, rounds: int) -> dict[str, dict[str, float]]:
        page, suggestions = reverse("find"), reverse("find-suggestions")
        figures = {}
        for name, texts in WORDS.items():
            figures[name] = self._compare(page, name, texts, rounds)
        figures["one type"] = self._compare(page, "one type", WORDS["a word"], rounds, type="besoins")
        figures["suggestions"] = self._compare(suggestions, "suggestions", TYPED, rounds)
        return figures

    def _compare(self, address: str, name: str, texts: list[str], rounds: int, **more: str) -> dict[str, float]:
        """One request, one plain search, in turn: what slows the machine for a while slows both."""
        client, turns = Client(), cycle(texts)
        for text in texts:
            _asked(client, address, {"q": text, **more})
            _plain(text)
        ours, plain = [], []
        for _round in range(rounds):
            text = next(turns)
            ours.append(_asked(client, address, {"q": text, **more}))
            plain.append(_plain(text))
        queries = max(_queries(client, address, {"q": text, **more}) for text in texts)
        p95 = quantiles(ours, n=20)[-1]
        self.stdout.write(
            f"{name:24} p50 {median(ours) * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms  plain full text p50 "
            f"{median(plain) * 1000:6.1f} ms  {median(ours) / median(plain):5.1f} times  {queries:2} queries"
        )
        return {"p50": median(ours), "p95": p95, "plain": median(plain), "queries": queries}


def _asked(client: Client, address: str, asked: dict[str, str]) -> float:
    visitor = f"10.1.{next(_visitors) % 250}.1"  # from one address alone so many searches are refused
    started = time.perf_counter()
    answer = client.get(address, asked, REMOTE_ADDR=visitor)
    taken = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{address} {asked}: {answer.status_code}")
    return taken


def _plain(text: str) -> float:
    """Of each type the best rows with any of the words, by full text alone: no title alike, no count, no passage."""
    started = time.perf_counter()
    query = search_query(" ".join(Sentence(text).words) or text)
    assert query is not None  # none of the bench's searches is without a word
    for one in findables():
        rows = one.rows(AnonymousUser()).filter(search=query).annotate(rank=SearchRank(F("search"), query))
        list(rows.order_by("-rank").values_list("pk", one.title_column)[:SHOWN])
    return time.perf_counter() - started


def _queries(client: Client, address: str, asked: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(address, asked)
    return len(caught)
