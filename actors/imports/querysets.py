"""Which imports wait for the worker, which lines wait for a person, whom nobody has told yet."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .enums import WORKING

# RGPD, art. 14(3)(a): within a reasonable period, one month at the latest.
TELL_WITHIN = timedelta(days=30)
LEFT_ALONE_FOR = timedelta(seconds=20)  # the message that goes with the row has this long to be worked on
MOST_ATTEMPTS = 20  # then it stays on its page with what went wrong


class ImportRunQuerySet(models.QuerySet):
    def left_behind(self) -> "ImportRunQuerySet":
        """What a lost message or a dead worker left in the middle."""
        quiet = Q(worked_at__lt=timezone.now() - LEFT_ALONE_FOR)
        return self.filter(quiet, state__in=WORKING, attempts__lt=MOST_ATTEMPTS)


class ImportLineQuerySet(models.QuerySet):
    def blocked(self) -> "ImportLineQuerySet":
        return self.filter(is_blocked=True)

    def with_problems(self) -> "ImportLineQuerySet":
        return self.exclude(problems=[])

    def alike(self) -> "ImportLineQuerySet":
        """Lines that resemble an actor, or an earlier line of the same file."""
        return self.exclude(candidates=[], same_as=None)

    def undecided(self) -> "ImportLineQuerySet":
        return self.filter(decision="", is_blocked=False)


class ProvenanceQuerySet(models.QuerySet):
    def to_tell(self) -> "ProvenanceQuerySet":
        """People whose data came by an import, and whom nobody has told: unclaimed, and still on record."""
        from ..models import Contact, Membership

        claimed = Exists(Membership.objects.filter(actor=OuterRef("actor")))
        on_record = Exists(Contact.objects.filter(actor=OuterRef("actor")))
        return self.filter(on_record, ~claimed, told_at=None, objected_at=None, erased_at=None)

    def late(self) -> "ProvenanceQuerySet":
        return self.filter(obtained_on__lt=timezone.localdate() - TELL_WITHIN)
