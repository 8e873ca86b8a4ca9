"""What imports keep, and for how long.

| what | how long | why |
|---|---|---|
| file and raw lines | 90 days after the end, or after the last step | correcting an error of the import |
| contact that came by an import | 365 days after the notice, if unclaimed | nobody answered: no reason left |
| origin, day of the notice, objection | with the actor | proof of art. 14 and 21 |
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Membership
from .enums import WORKING
from .models import ImportFile, ImportLine, ImportRun, Provenance
from .objections import erase_contact

FILES_FOR = timedelta(days=90)
UNCLAIMED_FOR = timedelta(days=365)
AT_ONCE = 200


def forget() -> None:
    _forget_files()
    _forget_unclaimed_contacts()


@transaction.atomic
def _forget_files() -> None:
    """The import stays as a line of the list; what stood in the file goes."""
    limit = timezone.now() - FILES_FOR
    ended = Q(finished_at__lt=limit) | Q(finished_at=None, worked_at__lt=limit)
    old = ImportRun.objects.filter(ended).exclude(state__in=WORKING)
    ImportFile.objects.filter(run__in=old).delete()
    ImportLine.objects.filter(run__in=old).exclude(raw=[], values={}).update(raw=[], values={}, keys=[], candidates=[])


def _forget_unclaimed_contacts() -> None:
    claimed = Exists(Membership.objects.filter(actor=OuterRef("actor")))
    silent = Provenance.objects.filter(
        ~claimed, told_at__lt=timezone.now() - UNCLAIMED_FOR, erased_at=None, objected_at=None
    )
    for provenance in silent.exclude(personal=[]).select_related("actor")[:AT_ONCE]:
        erase_contact(provenance)
