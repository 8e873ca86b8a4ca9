"""What imports do when actors change."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from ..models import Actor
from ..signals import actors_merged
from .models import ImportLine, Provenance


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    """Where the data of both came from is told of the kept one; of one import, once."""
    again = Exists(Provenance.objects.filter(actor=kept, run=OuterRef("run")))
    theirs = Provenance.objects.filter(actor=absorbed)
    theirs.filter(again, run__isnull=False).delete()
    theirs.update(actor=kept)
    ImportLine.objects.filter(actor=absorbed).update(actor=kept)
    ImportLine.objects.filter(target=absorbed).update(target=kept)
