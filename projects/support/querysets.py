"""Who may see which request: who asks, the expert once asked, and the animators."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import ActorQuerySet, may_see_all

from .enums import OfferState
from .states import HELPED, OPEN, SupportState

ANSWER_WITHIN = timedelta(days=9)  # an expert's; then the animators look into it


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "SupportQuerySet":
        if not user.is_authenticated:
            return self.none()
        if may_see_all(user, "support.view_supportrequest"):
            return self
        return self.of_member(user)

    def of_member(self, user: Any) -> "SupportQuerySet":
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(Q(actor__in=own) | Q(expert__in=own))

    def open(self) -> "SupportQuerySet":
        return self.filter(state__in=OPEN)

    def to_assign(self) -> "SupportQuerySet":
        """The animators' queue, the longest wait first."""
        return self.filter(state=SupportState.WAITING).order_by("state_since", "pk")

    def awaiting(self, user: Any) -> "SupportQuerySet":
        """Those that wait for an answer of `user`: an expert that was asked, an asker that may confirm."""
        own = Actor.objects.written_by(user).approved().values("pk")
        asked = Q(state=SupportState.ASKED, expert__in=own)
        return self.filter(asked | Q(state=SupportState.DONE, actor__in=own)).order_by("state_since", "pk")

    def references(self) -> "SupportQuerySet":
        """What an expert did and both sides agreed to show."""
        shown = {"asker_shows": True, "expert_shows": True, "actor__state": ActorState.APPROVED}
        rows = self.filter(state=SupportState.CONFIRMED, **shown).exclude(expert=None).exclude(reference="")
        return rows.order_by("-done_on", "-pk")

    def with_overdue(self) -> "SupportQuerySet":
        """`is_overdue`: its next step, the day it was wanted by, or an expert's answer; ended ones never are."""
        today = timezone.localdate()
        unanswered = Q(state=SupportState.ASKED, state_since__lt=timezone.now() - ANSWER_WITHIN)
        late = Q(next_due__lt=today) & ~Q(next_step="") | Q(by_date__lt=today) | unanswered
        overdue = When(late & Q(state__in=OPEN), then=Value(True))
        return self.annotate(is_overdue=Case(overdue, default=Value(False), output_field=models.BooleanField()))

    def urgent_first(self) -> "SupportQuerySet":
        """What is overdue, then what nobody took, then by due date; what has ended last."""
        rank = Case(
            When(is_overdue=True, then=Value(0)), When(state=SupportState.WAITING, then=Value(1)),
            When(state__in=OPEN, then=Value(2)), When(state__in=HELPED, then=Value(3)), default=Value(4),
        )  # fmt: skip
        due = F("next_due").asc(nulls_last=True)
        return self.with_overdue().order_by(rank, due, "state_since", "pk")

    def with_card_data(self) -> "SupportQuerySet":
        names = ("actor__name", "actor__slug", "actor__state", "expert__name", "expert__slug", "expert__state")
        return self.select_related("actor", "expert", "animator", "next_person").only(
            *(field.name for field in self.model._meta.concrete_fields), *names,
            "animator__name", "animator__email", "animator__erased_at",
            "next_person__name", "next_person__email", "next_person__erased_at",
        )  # fmt: skip


class ExpertOfferQuerySet(models.QuerySet):
    def confirmed(self) -> "ExpertOfferQuerySet":
        """What everybody may read, of approved actors."""
        return self.filter(state=OfferState.CONFIRMED, actor__state=ActorState.APPROVED)

    def to_confirm(self) -> "ExpertOfferQuerySet":
        waiting = self.filter(state=OfferState.WAITING, actor__state=ActorState.APPROVED)
        return waiting.order_by("changed_at", "pk")


def experts(kind: str = "") -> ActorQuerySet:
    """Actors with a kind of support that an animator confirmed; `support_kinds` holds all of theirs."""
    from .models import ExpertOffer

    offers = ExpertOffer.objects.confirmed().filter(actor=OuterRef("pk")).order_by("kind")
    wanted = offers.filter(kind=kind) if kind else offers
    return Actor.objects.approved().filter(Exists(wanted)).annotate(support_kinds=ArraySubquery(offers.values("kind")))
