from django.core.management.base import BaseCommand

from actors.skills.taxonomy import load_taxonomy


class Command(BaseCommand):
    help = "Reads the taxonomy of skills into the database; safe to run at each deployment."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{load_taxonomy()} skills created or updated.")
