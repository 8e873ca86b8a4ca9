"""Who may see which actor and which offer: the one place."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from .enums import ActorState, ClaimState, Role

INDEX = ("vector", "stems", "search")
SILENT = (ActorState.SUSPENDED, ActorState.ARCHIVED)  # nothing is said in their name


def may_see_all(user: Any, permission: str) -> bool:
    """Animators see what they may administer, also when it is not public."""
    return bool(user.is_authenticated and user.is_staff and user.has_perm(permission))


class MembershipQuerySet(models.QuerySet):
    def writers(self) -> "MembershipQuerySet":
        """People who may act in the actor's name."""
        return self.filter(role__in=[Role.OWNER, Role.EDITOR])

    def owners(self) -> "MembershipQuerySet":
        return self.filter(role=Role.OWNER)

    def active(self) -> "MembershipQuerySet":
        """A closed account acts for nobody."""
        return self.filter(user__is_active=True)

    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Those of one's own actors; every one for animators."""
        from .models import Membership

        if may_see_all(user, "actors.view_membership"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(Membership.objects.filter(actor=OuterRef("actor"), user=user)))


class InvitationQuerySet(models.QuerySet):
    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; some may have expired and can be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self) -> "InvitationQuerySet":
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """The actor's owners; every one for animators. The invited person has the mailed link."""
        from .models import Membership

        if may_see_all(user, "actors.view_invitation"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(Membership.objects.owners().filter(actor=OuterRef("actor"), user=user)))


class MembershipClaimQuerySet(models.QuerySet):
    def waiting(self) -> "MembershipClaimQuerySet":
        return self.filter(state=ClaimState.WAITING)

    def visible_to(self, user: Any) -> "MembershipClaimQuerySet":
        """Who asks, the owners who answer, the animators."""
        from .models import Membership

        if may_see_all(user, "actors.view_membershipclaim"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(user=user) | Exists(Membership.objects.owners().filter(actor=OuterRef("actor"), user=user))
        )

    def for_animators(self) -> "MembershipClaimQuerySet":
        """Waiting, and nobody of the actor can answer."""
        from .models import Membership

        return self.waiting().exclude(Exists(Membership.objects.owners().active().filter(actor=OuterRef("actor"))))


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
        """Those of which `user` is an owner or an editor, in any state."""
        return self.filter(self._of(user, roles=[Role.OWNER, Role.EDITOR])) if user.is_authenticated else self.none()

    def writable_by(self, user: Any) -> "ActorQuerySet":
        """Those for which rules.can_write_for holds."""
        return self.written_by(user).exclude(state__in=SILENT)

    def _of(self, user: Any, roles: list[str] | None = None) -> Q:
        from .models import Membership

        memberships = Membership.objects.filter(actor=OuterRef("pk"), user=user)
        return Q(Exists(memberships.filter(role__in=roles) if roles else memberships))

    def with_card_data(self) -> "ActorQuerySet":
        """What a card shows, in a fixed number of queries; its offers are a list, `card_offers`."""
        from .models import Offer

        offers = Prefetch("offers", Offer.objects.only("actor", "title"), to_attr="card_offers")
        return self.prefetch_related(offers).without_index().defer("description")

    def without_index(self) -> "ActorQuerySet":
        """Without what only searches, facets and approvals read: it is most of a row."""
        return self.defer(*INDEX, "name_key", "approved_version", "offer_kinds", "offer_skills", "reach")


class ContactQuerySet(models.QuerySet):
    def shown_to(self, role: str | None) -> "ContactQuerySet":
        """Of an actor that one sees: the public ones; all of them in any role (`rules.role_of`).

        Animators read private ones in the administration; both sides of an accepted introduction, on its page.
        """
        of_actor = self.order_by("pk")  # the usual order begins with the actor's name, a join
        return of_actor if role else of_actor.filter(is_public=True)


class OfferQuerySet(models.QuerySet):
    """Offers follow their actor: whoever sees it sees them."""

    def with_skill_names(self) -> "OfferQuerySet":
        """Their skills, without what only the recognition of skills reads."""
        from .models import Skill

        return self.prefetch_related(Prefetch("skills", Skill.objects.only("code", "name_fr", "name_en")))

    def without_index(self) -> "OfferQuerySet":
        """Without what only searches read: it is most of a row."""
        return self.defer(*INDEX)

    def of_approved_actors(self) -> "OfferQuerySet":
        return self.filter(actor__state=ActorState.APPROVED)
