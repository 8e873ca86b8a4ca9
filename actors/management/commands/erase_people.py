from django.core.management.base import BaseCommand, CommandParser

from actors.models import User
from actors.privacy.erasure import erase_person
from actors.privacy.succession import left_to_animators


class Command(BaseCommand):
    help = "Erases accounts again, by number, after a backup brought them back (docs/rgpd.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="+", type=int)

    def handle(self, *args, **options) -> None:
        for person in User.objects.filter(pk__in=options["numbers"], erased_at=None).order_by("pk"):
            erase_person(person=person, successions=left_to_animators(person), acting_user=None)
            self.stdout.write(f"{person.pk} erased.")
