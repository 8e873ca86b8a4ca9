"""Who may see which resource; its files and their pages follow it."""

from typing import Any

from django.db import models
from django.db.models import Q

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all

from .enums import LENT, Extraction, FileKind, ResourceState

NOT_FOR_LISTS = (
    "description", "transcript", "loan", "search", "said", "why", "skill_keys", "reach", "headings", "title_key",
    "vector", "stems", "index_key",
)  # fmt: skip


def lent_resource() -> Q:
    """Of a kind that is lent, and it says how: others may ask to borrow it, once it is public."""
    return Q(kind__in=LENT) & ~Q(loan="")


def not_for_lists(prefix: str = "") -> list[str]:
    """Columns that no list shows, of a resource whose publisher is read with it."""
    of_publisher = [f"publisher__{name}" for name in ("vector", "stems", "search", "description")]
    return [f"{prefix}{name}" for name in (*NOT_FOR_LISTS, *of_publisher)]


def public_resource(prefix: str = "") -> Q:
    """Published, by an actor that is approved: a suspended one hides what it published."""
    return Q(**{f"{prefix}state": ResourceState.PUBLISHED, f"{prefix}publisher__state": ActorState.APPROVED})


class ResourceQuerySet(models.QuerySet):
    def public(self) -> "ResourceQuerySet":
        return self.filter(public_resource())

    def visible_to(self, user: Any) -> "ResourceQuerySet":
        """Public ones for all; in any state for the publishing actor's members, and for animators."""
        if may_see_all(user, "mediatheque.view_resource"):
            return self
        if not user.is_authenticated:
            return self.public()
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(public_resource() | Q(publisher__in=own))

    def waiting(self) -> "ResourceQuerySet":
        return self.filter(state=ResourceState.WAITING)

    def changed(self) -> "ResourceQuerySet":
        """Public, and not what the animators read when they published it."""
        return self.filter(state=ResourceState.PUBLISHED).exclude(changed_at=None)

    def newest_first(self) -> "ResourceQuerySet":
        return self.order_by(models.F("published_at").desc(nulls_last=True), "-pk")

    def with_card_data(self) -> "ResourceQuerySet":
        return self.select_related("publisher").defer(*not_for_lists())


class ResourceFileQuerySet(models.QuerySet):
    def current(self) -> "ResourceFileQuerySet":
        """The versions that are shown; earlier ones are kept for the owners and the animators."""
        return self.filter(is_latest=True)

    def public(self) -> "ResourceFileQuerySet":
        return self.current().filter(public_resource("resource__"))

    def visible_to(self, user: Any) -> "ResourceFileQuerySet":
        """The latest version with its resource; earlier ones: the publishing actor's members, animators."""
        if may_see_all(user, "mediatheque.view_resource"):
            return self
        if not user.is_authenticated:
            return self.public()
        own = Actor.objects.of_member(user).values("pk")
        return self.filter((Q(is_latest=True) & public_resource("resource__")) | Q(resource__publisher__in=own))

    def documents(self) -> "ResourceFileQuerySet":
        """Without subtitles, which belong to a video."""
        return self.exclude(kind=FileKind.SUBTITLES)

    def read(self) -> "ResourceFileQuerySet":
        return self.filter(extraction=Extraction.DONE)


class ResourcePageQuerySet(models.QuerySet):
    def public(self) -> "ResourcePageQuerySet":
        return self.filter(file__is_latest=True).filter(public_resource("file__resource__"))

    def visible_to(self, user: Any) -> "ResourcePageQuerySet":
        from .models import ResourceFile

        return self.filter(file__in=ResourceFile.objects.visible_to(user).values("pk"))
