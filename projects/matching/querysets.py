"""Who may see which match."""

from typing import Any

from django.db import models
from django.db.models import Q

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all
from projects.models import Need


class MatchQuerySet(models.QuerySet):
    def current(self) -> "MatchQuerySet":
        return self.filter(is_current=True, actor__state=ActorState.APPROVED)

    def not_refused(self) -> "MatchQuerySet":
        from .models import Refusal

        refused = Refusal.objects.filter(need=models.OuterRef("need"), actor=models.OuterRef("actor"))
        return self.exclude(models.Exists(refused))

    def found(self) -> "MatchQuerySet":
        """By the engine, today or earlier; the others stand for people who came by themselves."""
        return self.exclude(version="")

    def interested(self) -> "MatchQuerySet":
        """The actor offered itself, or said yes to the project's question, proposed or not (feedback.py)."""
        return self.exclude(interested_at=None)

    def visible_to(self, user: Any) -> "MatchQuerySet":
        """The project's people, the matched actor's people, animators; nobody else."""
        if not user.is_authenticated:
            return self.none()
        if may_see_all(user, "matching.view_match"):
            return self
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(Q(need__project__lead__in=own) | Q(actor__in=own, need__in=Need.objects.visible_to(user)))

    def for_project(self) -> "MatchQuerySet":
        """As the project's page lists them: best first, with what a card shows."""
        return self.current().not_refused().select_related("actor", "offer").order_by("-score", "actor")

    def for_actor(self, actor: Actor) -> "MatchQuerySet":
        """Open needs that suit `actor`, best first."""
        return (
            self.current()
            .not_refused()
            .filter(actor=actor, need__in=Need.objects.open().values("pk"))
            .select_related("need__project__lead", "offer")
            .order_by("-score", "need")
        )
