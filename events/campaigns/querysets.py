"""Who may see which campaign and what is proposed for it. The ground of a coordinator is its territory."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.utils import timezone

from actors.models import Actor
from actors.querysets import may_see_all

from .enums import PUBLIC_CAMPAIGNS, UNDECIDED, Direction, ProposalState


class _OneOf(Func):
    """Whether a value stands in an array."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class CampaignQuerySet(models.QuerySet):
    def public(self) -> "CampaignQuerySet":
        return self.filter(state__in=PUBLIC_CAMPAIGNS)

    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """A draft only for those who prepare it: its coordinators' writers, and animators."""
        if may_see_all(user, "campaigns.view_campaign"):
            return self
        if not user.is_authenticated:
            return self.public()
        from .models import Coordination

        prepared = Coordination.objects.written_by(user).values("campaign")
        return self.filter(Q(state__in=PUBLIC_CAMPAIGNS) | Q(pk__in=prepared))

    def current(self, today: date | None = None) -> Any:
        """The public one that comes next or is under way; else the last one. None where there is none."""
        today = today or timezone.localdate()
        coming = self.public().filter(last_day__gte=today).order_by("first_day").first()
        return coming or self.public().order_by("-first_day").first()


class CoordinationQuerySet(models.QuerySet):
    def standing(self) -> "CoordinationQuerySet":
        return self.filter(actor__in=Actor.objects.approved().values("pk"))

    def written_by(self, user: Any) -> "CoordinationQuerySet":
        """Those in which `user` moderates: owners and editors of an approved coordinator."""
        return self.filter(actor__in=Actor.objects.written_by(user).approved().values("pk"))


class ProposalQuerySet(models.QuerySet):
    """Activities and support: the same people, by two different ways to the place."""

    reach = "reach"  # path to the territories that contain the place
    actor = "actor"  # path to the structure, where it is an actor

    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """Who proposed it, the structure's members, who moderates its ground, animators. Nobody else."""
        if may_see_all(user, f"campaigns.view_{self.model._meta.model_name}"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(proposer=user) | self._of_members(user) | self._on_ground(user))

    def moderated_by(self, user: Any) -> "ProposalQuerySet":
        """On the grounds that `user` coordinates; everywhere for animators."""
        if may_see_all(user, f"campaigns.change_{self.model._meta.model_name}"):
            return self
        return self.filter(self._on_ground(user)) if user.is_authenticated else self.none()

    def of_person(self, user: Any) -> "ProposalQuerySet":
        """What somebody proposed, or wrote for."""
        own = Actor.objects.written_by(user).values("pk")
        return self.filter(Q(proposer=user) | Q(**{f"{self.actor}__in": own}, structure=""))

    def in_territory(self, code: str) -> "ProposalQuerySet":
        return self.filter(**{f"{self.reach}__contains": [code]})

    def without_coordinator(self) -> "ProposalQuerySet":
        from .models import Coordination

        return self.exclude(Exists(self._coordinations(Coordination.objects.standing())))

    def undecided(self) -> "ProposalQuerySet":
        return self.filter(state__in=UNDECIDED)

    def accepted(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.ACCEPTED)

    def _of_members(self, user: Any) -> Q:
        return Q(**{f"{self.actor}__in": Actor.objects.of_member(user).values("pk")}, structure="")

    def _on_ground(self, user: Any) -> Q:
        from .models import Coordination

        return Q(Exists(self._coordinations(Coordination.objects.written_by(user))))

    def _coordinations(self, among: CoordinationQuerySet) -> CoordinationQuerySet:
        of_campaign = among.filter(campaign=OuterRef("campaign"))
        return of_campaign.filter(_OneOf(F("territory"), OuterRef(self.reach)))


class ActivityQuerySet(ProposalQuerySet):
    reach = "event__reach"
    actor = "event__organiser"

    def with_card_data(self) -> "ActivityQuerySet":
        of_actor = [f"event__organiser__{name}" for name in ("vector", "stems", "search", "description")]
        deferred = ["event__search", "event__description", *of_actor]
        return self.select_related("event__organiser", "campaign", "proposer").defer(*deferred)


class AskedOrOfferedQuerySet(ProposalQuerySet):
    def asks(self) -> "AskedOrOfferedQuerySet":
        return self.filter(direction=Direction.ASK)

    def offers(self) -> "AskedOrOfferedQuerySet":
        return self.filter(direction=Direction.OFFER)

    def with_card_data(self) -> "AskedOrOfferedQuerySet":
        return self.select_related("campaign", "actor", "proposer", "need", "tied_to").defer(
            "actor__vector", "actor__stems", "actor__search", "actor__description", "need__vector", "need__stems",
            "need__search",
        )  # fmt: skip


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """The checklist of a ground: those who coordinate it, and animators."""
        if may_see_all(user, "campaigns.change_meeting"):
            return self
        if not user.is_authenticated:
            return self.none()
        from .models import Coordination

        own = Coordination.objects.written_by(user)
        return self.filter(Exists(own.filter(campaign=OuterRef("campaign"), territory=OuterRef("territory"))))
