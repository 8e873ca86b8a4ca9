import time
from itertools import count, cycle
from statistics import median, quantiles

from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from coexist.common.databases import kept_database
from mediatheque.management import synthetic
from mediatheque.models import KnownStem, Resource, ResourcePage
from mediatheque.search import vocabulary

LIST = "/mediatheque/"
SEARCHES = {
    "one rare word": ["comptabilité", "plaidoyer", "cartographie", "maçonnerie"],
    "one common word": ["eau", "formation", "jeunes", "territoire"],
    "two words": ["formation comptabilité", "projet eau", "gestion jeunes"],
    "four words": ["formation jeunes territoire comptabilité", "eau projet gestion acteurs"],
    "a word with a slip": ["comptabilté", "cartograhpie", "fromation"],
    "a sentence": ["qui peut former nos bénévoles à la comptabilité ?", "réparer une pompe solaire dans un village"],
}
# What PostgreSQL's full text does by itself, asked as simply as one can.
PLAIN = """
    SELECT page.id, ts_rank(page.search, query) AS rank, ts_headline('coexist_fr', page.text, query)
    FROM mediatheque_resourcepage page, plainto_tsquery('coexist_fr', %s) query
    WHERE page.search @@ query ORDER BY rank DESC LIMIT 24"""
PLAIN_ROUNDS = 3
# The site has no such index; while the site is asked, the planner is not shown it.
PLAIN_INDEX = "CREATE INDEX plain_full_text ON mediatheque_resourcepage USING gin (search)"
SHOWN = "UPDATE pg_index SET indisvalid = %s WHERE indexrelid = 'plain_full_text'::regclass"
_visitors = count()


class Command(BaseCommand):
    help = "Times the search of the médiathèque, beside PostgreSQL's plain full text for the same words."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resources", type=int, default=10_000)
        parser.add_argument("--pages", type=int, default=40, help="Of each resource.")
        parser.add_argument("--rounds", type=int, default=40, help="Requests measured of each sort.")

    def handle(self, *args, resources: int, pages: int, rounds: int, **options) -> None:
        started = time.perf_counter()
        name = f"mediatheque_{resources}_{pages}"
        with kept_database(name, str(synthetic.SEED), lambda: _build(resources, pages)) as made:
            how = "made" if made else "found from an earlier run"
            taken = time.perf_counter() - started
            rows = f"{Resource.objects.count()} resources, {ResourcePage.objects.count()} pages"
            self.stdout.write(f"{rows}, {KnownStem.objects.count()} stems {how} in {taken:.0f} s")
            with override_settings(ALLOWED_HOSTS=["*"]):
                self._measure(rounds)

    def _measure(self, rounds: int) -> None:
        client = Client()
        _show_plain_index(False)
        caches["memory"].clear()
        turns = {name: cycle(asked) for name, asked in SEARCHES.items()}
        pages: dict[str, list[float]] = {name: [] for name in SEARCHES}
        plain: dict[str, list[float]] = {name: [] for name in SEARCHES}
        for asked in SEARCHES.values():
            for words in asked:
                _page(client, words)
        for _round in range(rounds):
            for name, turn in turns.items():
                words = next(turn)
                pages[name].append(_page(client, words))
        # Afterwards: it reads so much that nothing of the pages stays in memory.
        _show_plain_index(True)
        for name, asked in SEARCHES.items():
            plain[name] = [_plain(words) for words in asked * PLAIN_ROUNDS]
        _show_plain_index(False)
        for name, asked in SEARCHES.items():
            queries = max(_queries(client, words) for words in asked)
            self.stdout.write(
                f"{name:20} page: p50 {median(pages[name]) * 1000:6.0f} ms  p95 {_p95(pages[name]):6.0f} ms  "
                f"{queries:2} queries   plain full text: p50 {median(plain[name]) * 1000:6.0f} ms  "
                f"p95 {_p95(plain[name]):6.0f} ms"
            )
        everything = [taken for measured in pages.values() for taken in measured]
        self.stdout.write(f"all searches: p50 {median(everything) * 1000:.0f} ms, p95 {_p95(everything):.0f} ms")


def _page(client: Client, words: str) -> float:
    visitor = f"10.0.{next(_visitors) % 250}.1"  # from one address alone so many searches are refused
    started = time.perf_counter()
    answer = client.get(LIST, {"q": words}, REMOTE_ADDR=visitor)
    taken = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{words}: {answer.status_code}")
    return taken


def _show_plain_index(is_shown: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, [is_shown])


def _plain(words: str) -> float:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [words])
        cursor.fetchall()
    return time.perf_counter() - started


def _queries(client: Client, words: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST, {"q": words})
    return len(caught)


def _p95(measured: list[float]) -> float:
    return (quantiles(measured, n=20)[-1] if measured[1:] else measured[0]) * 1000


def _build(resources: int, pages: int) -> None:
    call_command("load_taxonomy", verbosity=0)
    synthetic.build(resources, pages)
    vocabulary.count_stems()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '700MB'")
        cursor.execute(PLAIN_INDEX)
        cursor.execute("RESET maintenance_work_mem")
