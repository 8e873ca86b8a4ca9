"""Who may see which collection: published ones that lead to something public, everybody; all, animators."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from actors.querysets import may_see_all

from ..querysets import not_for_lists, public_resource


class CollectionQuerySet(models.QuerySet):
    def public(self) -> "CollectionQuerySet":
        """Published, with a step at least that everybody may see."""
        from ..models import CollectionStep

        steps = CollectionStep.objects.public().filter(collection=OuterRef("pk"))
        return self.filter(Exists(steps), is_published=True)

    def visible_to(self, user: Any) -> "CollectionQuerySet":
        return self if may_see_all(user, "mediatheque.view_collection") else self.public()

    def newest_first(self) -> "CollectionQuerySet":
        return self.order_by(models.F("published_at").desc(nulls_last=True), "-pk")

    def with_card_data(self) -> "CollectionQuerySet":
        """`public_steps`: how many steps everybody may see."""
        public = Count("steps", filter=Q(public_resource("steps__resource__")))
        return self.annotate(public_steps=public)

    def with_public_steps(self) -> "CollectionQuerySet":
        """`shown_steps`, in their order; what is not public is left out."""
        from ..models import CollectionStep

        steps = CollectionStep.objects.public().with_card_data().order_by("position", "pk")
        return self.prefetch_related(Prefetch("steps", steps, to_attr="shown_steps"))


class CollectionStepQuerySet(models.QuerySet):
    def public(self) -> "CollectionStepQuerySet":
        return self.filter(public_resource("resource__"))

    def with_card_data(self) -> "CollectionStepQuerySet":
        return self.select_related("resource__publisher").defer(*not_for_lists("resource__"))
