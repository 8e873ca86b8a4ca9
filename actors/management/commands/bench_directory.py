import resource
import time
from importlib import import_module
from itertools import count, cycle
from statistics import median, quantiles

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from actors.management import synthetic
from actors.models import Actor
from coexist.common.access import public
from coexist.common.databases import kept_database
from coexist.common.lists import MOST_PAGES

LIST = "/acteurs/"
# Each page's addresses are asked in turn, so that no answer is the one before.
PAGES: dict[str, list[str]] = {
    "bare view": ["/bare/"],
    "first page": [LIST],
    "two facets": [
        f"{LIST}?kind={kind}&theme={theme}" for kind in ("ngo", "company", "collectivite") for theme in (1, 6, 13, 17)
    ],
    "one facet": [f"{LIST}?territory={code}" for code in ("FR-ARA", "SN", "74", "FR")] + [f"{LIST}?kind=ngo"],
    "text: a word": [f"{LIST}?q={word}" for word in ("eau", "comptabilité", "forage", "théâtre", "Sahel", "Annecy")],
    "text: a name with a slip": [f"{LIST}?q=Fondaton+du+Lémn", f"{LIST}?q=Coopertive+des+semences+Dakr"],
    "meaning: a sentence": [
        f"{LIST}?q={sentence}"
        for sentence in (
            "nous cherchons quelqu'un pour relire nos statuts", "qui peut former nos bénévoles à la comptabilité ?",
            "un local pour stocker du matériel médical", "réparer une pompe solaire dans un village",
        )
    ],
    "text and two facets": [f"{LIST}?q=eau+potable&kind=ngo&territory=SN", f"{LIST}?q=gestion&theme=6&mode=pro_bono"],
    "the last page": [],
    "map points": [f"{LIST}carte.json?territory=SN", f"{LIST}carte.json"],
    "profile": [],
}  # fmt: skip


_visitors = count()


@public
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("CoExist")


class _WithBareView:
    """The site's addresses, and one more."""

    def __init__(self) -> None:
        site = import_module(settings.ROOT_URLCONF)
        self.urlpatterns = [path("bare/", bare), *site.urlpatterns]
        self.handler404, self.handler500 = site.handler404, site.handler500


class Command(BaseCommand):
    help = "Times the directory's pages with many actors, against a bare view of the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--actors", type=int, default=100_000)
        parser.add_argument("--rounds", type=int, default=60, help="Requests measured of each page.")

    def handle(self, *args, actors: int, rounds: int, **options) -> None:
        started = time.perf_counter()
        directory = kept_database(f"directory_{actors}", str(synthetic.SEED), lambda: _build(actors))
        with directory as made, override_settings(ROOT_URLCONF=_WithBareView(), ALLOWED_HOSTS=["*"]):
            how = "made" if made else "found from an earlier run"
            self.stdout.write(f"{Actor.objects.count()} actors {how} in {time.perf_counter() - started:.0f} s")
            self._measure(rounds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stdout.write(f"peak memory of the process: {peak:.0f} MiB, encoder included")

    def _measure(self, rounds: int) -> None:
        number = Actor.objects.count()
        slugs = Actor.objects.order_by("pk").values_list("slug", flat=True)[:: max(1, number // 40)]
        last = min(MOST_PAGES, -(-number // settings.PAGE_SIZE))
        pages = {
            **PAGES,
            "the last page": [f"{LIST}?page={last}"],
            "profile": [f"{LIST}{slug}/" for slug in slugs],
        }
        caches["memory"].clear()
        client = Client()
        cold = _once(client, LIST)
        self.stdout.write(f"first page with nothing counted yet: {cold * 1000:.0f} ms")
        times = _interleaved(client, pages, rounds)
        unit = median(times["bare view"])
        for name, measured in times.items():
            p95 = quantiles(measured, n=20)[-1]
            queries = max(_queries(client, address) for address in pages[name])
            self.stdout.write(
                f"{name:26} p50 {median(measured) * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms  "
                f"{median(measured) / unit:6.1f} x bare  {queries:3} queries"
            )


def _interleaved(client: Client, pages: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """One request of each page after the other: what slows the machine for a while slows all of them."""
    for addresses in pages.values():
        for address in addresses:
            _once(client, address)  # what is read once for all
    turns = {name: cycle(addresses) for name, addresses in pages.items()}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(rounds):
        for name, turn in turns.items():
            times[name].append(_once(client, next(turn)))
    return times


def _once(client: Client, address: str) -> float:
    visitor = f"10.0.{next(_visitors) % 250}.1"  # from one address alone so many searches are refused
    started = time.perf_counter()
    answer = client.get(address, REMOTE_ADDR=visitor)
    taken = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return taken


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


def _build(actors: int) -> None:
    call_command("load_taxonomy", verbosity=0)
    synthetic.build(actors)
