"""Who may see which introduction: both sides and the animators."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from actors.models import Actor
from actors.querysets import may_see_all

from .conversation.enums import Step
from .enums import IntroductionState

LIVE = (IntroductionState.PROPOSED, IntroductionState.ACCEPTED)


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "IntroductionQuerySet":
        if not user.is_authenticated:
            return self.none()
        if may_see_all(user, "partnerships.view_introduction"):
            return self
        return self.of_member(user)

    def of_member(self, user: Any) -> "IntroductionQuerySet":
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(Q(actor__in=own) | Q(need__project__lead__in=own))

    def of_actor(self, actor: Actor) -> "IntroductionQuerySet":
        return self.filter(Q(actor=actor) | Q(need__project__lead=actor))

    def live(self) -> "IntroductionQuerySet":
        return self.filter(state__in=LIVE)

    def ever_accepted(self) -> "IntroductionQuerySet":
        """The asked side said yes, also where the exchange has ended since."""
        from .models import IntroductionStep

        said_yes = IntroductionStep.objects.filter(introduction=OuterRef("pk"), what=Step.ACCEPTED)
        return self.filter(Q(state=IntroductionState.ACCEPTED) | Q(Exists(said_yes), state=IntroductionState.CLOSED))

    def help_asked(self) -> "IntroductionQuerySet":
        """Under way, and one of the sides wants the animators to read."""
        return self.live().exclude(help_asked_at=None)

    def with_card_data(self) -> "IntroductionQuerySet":
        return self.select_related("actor", "need__project__lead")
