"""Who may see which request to borrow; which days are taken."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, Membership
from actors.querysets import may_see_all

from ..querysets import not_for_lists
from .states import LoanState


class LoanQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "LoanQuerySet":
        """The members of both sides, and animators."""
        if not user.is_authenticated:
            return self.none()
        return self if may_see_all(user, "mediatheque.view_loanrequest") else self.of_member(user)

    def of_member(self, user: Any) -> "LoanQuerySet":
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(Q(actor__in=own) | Q(resource__publisher__in=own))

    def of_actor(self, actor: Actor) -> "LoanQuerySet":
        return self.filter(Q(actor=actor) | Q(resource__publisher=actor))

    def asked(self) -> "LoanQuerySet":
        return self.filter(state=LoanState.ASKED)

    def awaiting(self, user: Any) -> "LoanQuerySet":
        """What a person is to answer, as an owner of the lender."""
        owned = Membership.objects.owners().filter(user=user).values("actor")
        return self.asked().filter(resource__publisher__in=owned, resource__publisher__state=ActorState.APPROVED)

    def agreed(self) -> "LoanQuerySet":
        """What is returned early frees its other days."""
        return self.filter(state=LoanState.AGREED)

    def to_come(self) -> "LoanQuerySet":
        """Under way or later; anybody may see these days, and nothing else of the loan."""
        return self.agreed().filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk")

    def meeting(self, starts_on: date, ends_on: date) -> "LoanQuerySet":
        """With a day in common: the day of a return is not that of the next departure."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def waiting_first(self) -> "LoanQuerySet":
        rank = Case(When(state=LoanState.ASKED, then=0), When(state=LoanState.AGREED, then=1), default=2)
        return self.order_by(rank, "-created_at", "-pk")

    def with_card_data(self) -> "LoanQuerySet":
        of_actor = ("vector", "stems", "search", "description")
        return self.select_related("actor", "resource__publisher").defer(
            "message", *(f"actor__{name}" for name in of_actor), *not_for_lists("resource__"),
        )  # fmt: skip
