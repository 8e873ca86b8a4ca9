from django.core.management.base import BaseCommand

from actors.derived import refresh_all_derived
from actors.positions import place_all


class Command(BaseCommand):
    help = "Repairs what the directory repeats of offers, territories and addresses; running it again changes nothing."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{refresh_all_derived()} actors had other offers or territories than the directory knew.")
        self.stdout.write(f"{place_all()} actors had no position or one of an older address.")
