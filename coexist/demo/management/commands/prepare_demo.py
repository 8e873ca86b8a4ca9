from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from coexist.demo.loader import load


class Command(BaseCommand):
    help = "Brings the database up to date and loads the demo where it is empty; used by ./dev demo."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo has known passwords: it is loaded with the local settings only.")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_taxonomy", stdout=self.stdout)
        if not load(self._say):
            self._say("  The data of last time is kept.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
