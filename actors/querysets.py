"""Who may see which actor and which offer: the one place."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from .enums import ActorState, Role

INDEX = ("vector", "stems", "search")


def may_see_all(user: Any, permission: str) -> bool:
    """Animators see what they may administer, also when it is not public."""
    return bool(user.is_authenticated and user.is_staff and user.has_perm(permission))


class MembershipQuerySet(models.QuerySet):
    def writers(self) -> "MembershipQuerySet":
        """People who may act in the actor's name."""
        return self.filter(role__in=[Role.OWNER, Role.EDITOR])

    def owners(self) -> "MembershipQuerySet":
        return self.filter(role=Role.OWNER)


class ActorQuerySet(models.QuerySet):
    def approved(self) -> "ActorQuerySet":
        return self.filter(state=ActorState.APPROVED)

    def visible_to(self, user: Any) -> "ActorQuerySet":
        """Approved actors for all; one's own in any state; every one for animators."""
        if may_see_all(user, "actors.view_actor"):
            return self
        visible = Q(state=ActorState.APPROVED)
        if user.is_authenticated:
            visible |= self._of(user)
        return self.filter(visible)

    def of_member(self, user: Any) -> "ActorQuerySet":
        return self.filter(self._of(user)) if user.is_authenticated else self.none()

    def written_by(self, user: Any) -> "ActorQuerySet":
        """Actors in whose name `user` may write."""
        return self.filter(self._of(user, roles=[Role.OWNER, Role.EDITOR])) if user.is_authenticated else self.none()

    def _of(self, user: Any, roles: list[str] | None = None) -> Q:
        from .models import Membership

        memberships = Membership.objects.filter(actor=OuterRef("pk"), user=user)
        return Q(Exists(memberships.filter(role__in=roles) if roles else memberships))

    def with_card_data(self) -> "ActorQuerySet":
        """What a card shows, in a fixed number of queries."""
        from .models import Offer

        offers = Prefetch("offers", Offer.objects.without_index())
        return self.prefetch_related(offers).defer("description", *INDEX)

    def without_index(self) -> "ActorQuerySet":
        """Without what only searches read: it is most of a row."""
        return self.defer(*INDEX, "name_key", "approved_version")


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ContactQuerySet":
        """Public ones of the actors one sees; all of one's own actors; every one for animators."""
        from .models import Actor

        of_visible = self.filter(actor__in=Actor.objects.visible_to(user))
        if may_see_all(user, "actors.view_actor"):
            return of_visible
        return of_visible.filter(Q(is_public=True) | Q(actor__in=Actor.objects.of_member(user)))


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "OfferQuerySet":
        """Offers follow their actor."""
        from .models import Actor

        return self.filter(actor__in=Actor.objects.visible_to(user))

    def without_index(self) -> "OfferQuerySet":
        """Without what only searches read: it is most of a row."""
        return self.defer(*INDEX)

    def of_approved_actors(self) -> "OfferQuerySet":
        return self.filter(actor__state=ActorState.APPROVED)
