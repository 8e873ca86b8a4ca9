"""The queue's own filter, and the order of its rows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import queue
from ..enums import ActorState
from ..models import Actor


def waiting_first() -> Case:
    """What waits today, then what was put aside, then all the others."""
    aside = Q(state=ActorState.WAITING, snoozed_until__gt=timezone.localdate())
    return Case(
        When(aside, then=Value(1)),
        When(state=ActorState.WAITING, then=Value(0)),
        default=Value(2),
        output_field=IntegerField(),
    )


class QueueFilter(admin.SimpleListFilter):
    title = _("file")
    parameter_name = "file"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("À décider")),
            ("mine", _("À décider, que je suis")),
            ("unassigned", _("À décider, suivis par personne")),
            ("snoozed", _("Mis de côté")),
            ("changed", _("Validés, modifiés depuis")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Actor]) -> QuerySet[Actor]:
        if self.value() == "waiting":
            return queue.waiting(queryset)
        if self.value() == "mine":
            return queue.waiting(queryset).filter(assigned_to=request.user.pk)
        if self.value() == "unassigned":
            return queue.waiting(queryset).filter(assigned_to=None)
        if self.value() == "snoozed":
            return queue.snoozed(queryset)
        return queue.changed(queryset) if self.value() == "changed" else queryset


class QueueList(ChangeList):
    """Each waiting row of the page knows what should be looked at; three queries for all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        waiting = [actor for actor in self.result_list if actor.state == ActorState.WAITING]
        for review in queue.reviews(waiting):
            review.actor.review = review  # type: ignore[attr-defined]
