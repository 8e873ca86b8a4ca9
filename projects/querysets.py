"""Who may see which project and which need. Both follow the lead actor."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all

from .enums import NeedState, ProjectState

PUBLIC_PROJECTS = (ProjectState.PUBLISHED, ProjectState.CLOSED)
PUBLIC_NEEDS = (NeedState.PUBLISHED, NeedState.FILLED, NeedState.CLOSED)


def today() -> date:
    return timezone.localdate()


class ProjectQuerySet(models.QuerySet):
    def public(self) -> "ProjectQuerySet":
        return self.filter(state__in=PUBLIC_PROJECTS, lead__state=ActorState.APPROVED)

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """Published projects of approved actors for all; those of one's own actors in any state."""
        if may_see_all(user, "projects.view_project"):
            return self
        public = Q(state__in=PUBLIC_PROJECTS, lead__state=ActorState.APPROVED)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(lead__in=Actor.objects.of_member(user).values("pk")))

    def with_card_data(self) -> "ProjectQuerySet":
        leads = self.select_related("lead").defer("lead__vector", "lead__stems", "lead__search")
        return leads.with_open_needs()

    def with_open_needs(self) -> "ProjectQuerySet":
        """What a card shows, where the lead is known."""
        from .models import Need

        needs = Need.objects.filter(state=NeedState.PUBLISHED).order_by().only("project")
        return self.prefetch_related(Prefetch("needs", needs, to_attr="open_needs")).defer(
            "vector", "stems", "search", "description"
        )


class NeedQuerySet(models.QuerySet):
    def open(self) -> "NeedQuerySet":
        """Needs that may be answered and matched today."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
            state=NeedState.PUBLISHED,
            project__state=ProjectState.PUBLISHED,
            project__lead__state=ActorState.APPROVED,
        )

    def public(self) -> "NeedQuerySet":
        """Posted and shown to everybody, open or ended: the visitor's part of `visible_to`."""
        return self.filter(
            state__in=PUBLIC_NEEDS, project__state__in=PUBLIC_PROJECTS, project__lead__state=ActorState.APPROVED
        )

    def past_their_date(self) -> "NeedQuerySet":
        return self.filter(state=NeedState.PUBLISHED, ends_on__lt=today())

    def visible_to(self, user: Any) -> "NeedQuerySet":
        """Public needs of visible projects; drafts only with the project's own people and animators."""
        from .models import Project

        if may_see_all(user, "projects.view_need"):
            return self
        if not user.is_authenticated:
            return self.public()
        visible = self.filter(project__in=Project.objects.visible_to(user).values("pk"))
        own = Exists(Actor.objects.of_member(user).filter(pk=OuterRef("project__lead")))
        return visible.filter(Q(state__in=PUBLIC_NEEDS) | own)

    def of_actor(self, actor: Actor) -> "NeedQuerySet":
        return self.filter(project__lead=actor)

    def with_card_data(self) -> "NeedQuerySet":
        return self.select_related("project__lead").defer(
            "vector", "stems", "search", "project__vector", "project__stems", "project__search",
            "project__description", "project__lead__vector", "project__lead__stems", "project__lead__search",
            "project__lead__description",
        )  # fmt: skip
