"""Who may see which partnership: the members of its actors, and the animators."""

from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all

from .stages import ENDED


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "PartnershipQuerySet":
        if not user.is_authenticated:
            return self.none()
        if may_see_all(user, "following.view_partnership"):
            return self
        return self.of_member(user)

    def of_member(self, user: Any) -> "PartnershipQuerySet":
        from .models import Party

        own = Actor.objects.of_member(user).values("pk")
        return self.filter(Exists(Party.objects.filter(partnership=OuterRef("pk"), actor__in=own)))

    def active(self) -> "PartnershipQuerySet":
        return self.exclude(stage__in=ENDED)

    def between_approved(self) -> "PartnershipQuerySet":
        """All of whose actors are public: those that are counted in public figures."""
        from .models import Party

        hidden = Party.objects.filter(partnership=OuterRef("pk")).exclude(actor__state=ActorState.APPROVED)
        return self.exclude(Exists(hidden))

    def with_overdue(self) -> "PartnershipQuerySet":
        """`is_overdue`: its next step, or one of its milestones, should have been done; ended ones never are."""
        from .models import Milestone

        today = timezone.localdate()
        late = Milestone.objects.filter(partnership=OuterRef("pk"), done_on=None, due_on__lt=today)
        overdue = ~Q(stage__in=ENDED) & (Q(next_due__lt=today) | Exists(late))
        return self.annotate(
            is_overdue=Case(When(overdue, then=Value(True)), default=Value(False), output_field=models.BooleanField())
        )

    def urgent_first(self) -> "PartnershipQuerySet":
        return self.with_overdue().order_by(*self._urgency(), "-pk")

    def of_each_stage(self, most: int) -> "PartnershipQuerySet":
        """The `most` most urgent of every stage, in one query."""
        rank = Window(RowNumber(), partition_by=[F("stage")], order_by=[*self._urgency(), F("pk").desc()])
        return self.with_overdue().annotate(rank=rank).filter(rank__lte=most).order_by("rank")

    def with_card_data(self) -> "PartnershipQuerySet":
        """What a line or a card shows, in a fixed number of queries; its parties are a list, `card_parties`."""
        from .models import Party

        actors = Party.objects.select_related("actor", "person").order_by("pk")
        actors = actors.only(
            "partnership",
            "actor__name",
            "actor__slug",
            "person__name",
            "person__email",
            "person__erased_at",
        )
        return self.select_related("animator", "next_person").prefetch_related(
            Prefetch("parties", actors, to_attr="card_parties")
        )

    def _urgency(self) -> list:
        ended = Case(When(stage__in=ENDED, then=Value(1)), default=Value(0))
        return [F("is_overdue").desc(), ended, F("next_due").asc(nulls_last=True)]


class OfPartnership(models.QuerySet):
    """Whatever hangs on a partnership is seen by whoever sees it."""

    def visible_to(self, user: Any) -> "OfPartnership":
        from .models import Partnership

        return self.filter(partnership__in=Partnership.objects.visible_to(user))
