"""Who may see which registration, and how those of a date are found."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Actor
from actors.querysets import may_see_all

from ..enums import EventState
from ..models import Occurrence
from .enums import HOLDING, LIVE, State


class RegistrationQuerySet(models.QuerySet):
    def of_person(self, user: Any) -> "RegistrationQuerySet":
        """Made with the account, or by mail with one of its verified addresses."""
        if not user.is_authenticated:
            return self.none()
        addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        own = Q(person=user) | Q(email__in=[address.lower() for address in addresses])
        return self.filter(own).exclude(state=State.UNVERIFIED)

    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        """Who registered; owners and editors of the organiser; who holds the permission (not the animators)."""
        if may_see_all(user, "registrations.view_registration"):
            return self
        return self.filter(
            Q(pk__in=RegistrationQuerySet(self.model).of_person(user).values("pk"))
            | Q(event__organiser__in=Actor.objects.written_by(user).values("pk"))
        )

    def live(self) -> "RegistrationQuerySet":
        return self.filter(state__in=LIVE)

    def waiting(self) -> "RegistrationQuerySet":
        """In the order in which places are given."""
        return self.filter(state=State.WAITING).order_by("queued_at", "pk")

    def over_since(self, moment: datetime) -> "RegistrationQuerySet":
        """The last of their dates ended before `moment`."""
        later = Occurrence.objects.filter(ends_at__gte=moment)
        of_event = Exists(later.filter(event=OuterRef("event")))
        return self.filter(Q(occurrence__ends_at__lt=moment) | (Q(occurrence=None) & ~of_event))


class SeatQuerySet(models.QuerySet):
    def holding(self) -> "SeatQuerySet":
        """Those that count in `Occurrence.taken`."""
        return self.filter(registration__state__in=HOLDING)

    def standing(self) -> "SeatQuerySet":
        """On dates that take place."""
        return self.filter(occurrence__is_cancelled=False).exclude(occurrence__event__state=EventState.CANCELLED)

    def to_come(self, now: datetime | None = None) -> "SeatQuerySet":
        return self.filter(occurrence__ends_at__gte=now or timezone.now())

    def on(self, occurrence: Occurrence) -> "SeatQuerySet":
        """Who is on the list of a date: those with a place first, then who waits, both in order."""
        listed = self.filter(occurrence=occurrence, registration__state__in=LIVE).select_related("registration")
        waits_last = models.Case(models.When(registration__state=State.WAITING, then=1), default=0)
        return listed.order_by(waits_last, "registration__queued_at", "registration__pk")
