import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coexist.common.databases import scratch_database
from projects.matching import collections


class Command(BaseCommand):
    help = "Ranks a relevance collection with the production engine in a scratch database, and measures it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder with actors.jsonl, needs.jsonl and qrels.tsv")
        parser.add_argument("--run", type=Path, help="write the ranking here: need_id actor_id rank score")
        parser.add_argument("--json", action="store_true", help="print the measures as JSON")

    def handle(self, *args, folder: Path, run: Path | None, **options) -> None:
        try:
            collection = collections.read(folder)
        except collections.CollectionError as error:
            raise CommandError(str(error)) from error
        with scratch_database():
            collections.load(collection)
            ranking = collections.rank(collection)
        if run:
            run.write_text(_run_file(ranking), encoding="utf-8")
        measures = collections.measure(collection, ranking)
        self.stdout.write(json.dumps(measures, ensure_ascii=False, indent=1) if options["json"] else _table(measures))


def _run_file(ranking: dict[str, list[tuple[str, float]]]) -> str:
    return "".join(
        f"{need} {actor} {rank} {score:.4f}\n"
        for need, ranked in ranking.items()
        for rank, (actor, score) in enumerate(ranked, start=1)
    )


def _table(measures: dict[str, dict[str, float]]) -> str:
    names = list(measures["overall"])
    lines = [f"{'group':14}" + "".join(f"{name:>16}" for name in names)]
    for group, values in measures.items():
        lines.append(f"{group:14}" + "".join(f"{values[name]:>16.3f}" for name in names))
    return "\n".join(lines)
