"""What waits for the person who logs in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.models import Actor
from actors.privacy.address_check import address_notices
from actors.querysets import may_see_all
from projects.enums import NeedState
from projects.matching.models import Match
from projects.models import Need
from projects.partnerships.models import Introduction

SHOWN = 6


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    actors = Actor.objects.of_member(request.user).with_card_data()
    own = list(actors.order_by("name")[:SHOWN])
    needs = Need.objects.visible_to(request.user).filter(project__lead__in=own).with_card_data()
    context = {
        **address_notices(request.user),
        "actors": own,
        "own_keys": {actor.pk for actor in own},
        "needs": needs.exclude(state__in=[NeedState.CLOSED, NeedState.FILLED])[:SHOWN],
        "matches": _matches(request, own),
        "introductions": Introduction.objects.of_member(request.user).with_card_data()[:SHOWN],
        "waiting_profiles": (
            Actor.objects.filter(state="waiting").count() if may_see_all(request.user, "actors.view_actor") else 0
        ),
    }
    return render(request, "dashboard.html", context)


def _matches(request: HttpRequest, actors: list[Actor]):
    visible = Match.objects.visible_to(request.user).current().not_refused()
    open_needs = Need.objects.open().values("pk")
    matches = visible.filter(actor__in=actors, need__in=open_needs, interested_at=None)
    return matches.select_related("need__project__lead", "actor", "offer").order_by("-score")[:SHOWN]
