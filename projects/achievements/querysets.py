"""Who may see which achievement, and which part of it."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all
from projects.following.models import Partnership

from .enums import AchievementState


class AchievementQuerySet(models.QuerySet):
    def public(self) -> "AchievementQuerySet":
        """Published, and every side of it is an approved actor: a suspended one hides it."""
        return self.filter(self._public())

    def visible_to(self, user: Any) -> "AchievementQuerySet":
        """Public ones for all; in any state: whoever sees the partnership, and animators."""
        if may_see_all(user, "achievements.view_achievement"):
            return self
        if not user.is_authenticated:
            return self.public()
        own = Partnership.objects.of_member(user).filter(pk=OuterRef("partnership"))
        return self.filter(self._public() | Exists(own))

    def waiting(self) -> "AchievementQuerySet":
        return self.filter(state=AchievementState.WAITING)

    def of_actor(self, actor: Actor) -> "AchievementQuerySet":
        from .models import Contribution

        return self.filter(Exists(Contribution.objects.filter(achievement=OuterRef("pk"), actor=actor)))

    def newest_first(self) -> "AchievementQuerySet":
        return self.order_by("-published_at", "-pk")

    def with_card_data(self) -> "AchievementQuerySet":
        """What a card shows stands in the row itself: one query."""
        return self.defer("done", "search", "reach", "actor_kinds")

    def _public(self) -> Q:
        from .models import Contribution

        of_this = Contribution.objects.filter(achievement=OuterRef("pk"))
        hidden = Exists(of_this.exclude(actor__state=ActorState.APPROVED))
        return Q(state=AchievementState.PUBLISHED) & Exists(of_this) & ~hidden


class OfAchievement(models.QuerySet):
    """Quotations and pictures are seen with their achievement."""

    def visible_to(self, user: Any) -> "OfAchievement":
        from .models import Achievement

        return self.filter(achievement__in=Achievement.objects.visible_to(user))

    def of_members(self, user: Any) -> "OfAchievement":
        """Where its pages to write on are: for the sides' members and animators, also of public ones."""
        if may_see_all(user, "achievements.view_achievement"):
            return self
        return self.filter(achievement__partnership__in=Partnership.objects.of_member(user))


class AppraisalQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "AppraisalQuerySet":
        """The side that gave it, and animators; never the other side, though it sees everything else."""
        if may_see_all(user, "achievements.view_appraisal"):
            return self
        return self.filter(actor__in=Actor.objects.of_member(user).values("pk"))
