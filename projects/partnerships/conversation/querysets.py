"""Who may read a thread: the members of its two sides; animators where one of them asked for help."""

from typing import Any

from django.db import models
from django.db.models import Q

from actors.models import Actor
from actors.querysets import may_see_all


def readable_by(user: Any, introduction: str) -> Q:
    """`introduction` leads from the row to its introduction: "introduction__"."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = Actor.objects.of_member(user).values("pk")
    readable = Q(**{f"{introduction}actor__in": own}) | Q(**{f"{introduction}need__project__lead__in": own})
    if may_see_all(user, "partnerships.view_introduction"):
        readable |= Q(**{f"{introduction}help_asked_at__isnull": False})
    return readable


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        return self.filter(readable_by(user, "introduction__"))


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """As the message that brought it."""
        return self.filter(readable_by(user, "message__introduction__"))
