"""What waits for the person who logs in."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.current import current_actor
from actors.models import Actor, MembershipClaim
from actors.privacy.address_check import address_notices
from actors.querysets import may_see_all
from mediatheque.models import LoanRequest
from projects.enums import NeedState
from projects.matching.models import Match
from projects.models import Need
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.partnerships.querysets import IntroductionQuerySet
from projects.support.models import SupportRequest

SHOWN = 6
MOST_ACTORS = 30


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Of the actor at work, where somebody has several; the others stand beside it, with what waits for them."""
    actor = current_actor(request)
    actors = Actor.objects.of_member(request.user).with_card_data()
    own = list(actors.order_by("name_key", "pk")[:MOST_ACTORS])
    needs = Need.objects.visible_to(request.user).filter(project__lead=actor).with_card_data()
    introductions = Introduction.objects.of_member(request.user)
    claims = MembershipClaim.objects
    context = {
        **address_notices(request.user),
        "actors": own,
        "own_keys": {one.pk for one in own},
        "elsewhere": _waiting_elsewhere(introductions, own, actor),
        "claims": claims.visible_to(request.user)
        .waiting()
        .filter(actor__in=own)
        .select_related("actor", "user")[:SHOWN],
        "needs": needs.exclude(state__in=[NeedState.CLOSED, NeedState.FILLED])[:SHOWN],
        "matches": _matches(request, actor),
        "introductions": introductions.of_actor(actor).with_card_data()[:SHOWN] if actor else [],
        "support_waiting": SupportRequest.objects.awaiting(request.user).select_related("actor")[:SHOWN],
        "loans_waiting": LoanRequest.objects.awaiting(request.user).with_card_data().order_by("created_at")[:SHOWN],
        "waiting_profiles": (
            Actor.objects.filter(state="waiting").count() if may_see_all(request.user, "actors.view_actor") else 0
        ),
        "waiting_claims": (
            claims.for_animators().count() if may_see_all(request.user, "actors.view_membershipclaim") else 0
        ),
    }
    return render(request, "dashboard.html", context)


def _waiting_elsewhere(introductions: IntroductionQuerySet, own: list[Actor], at_work: Actor | None) -> dict[int, int]:
    """Number of questions that wait for an answer, by actor, the one at work aside."""
    others = {actor.pk for actor in own if actor != at_work}
    if not others:
        return {}
    rows = introductions.filter(state=IntroductionState.PROPOSED).values_list("side", "actor", "need__project__lead")
    return Counter(asked for side, actor, lead in rows if (asked := lead if side == Side.ACTOR else actor) in others)


def _matches(request: HttpRequest, actor: Actor | None):
    visible = Match.objects.visible_to(request.user).current().not_refused()
    open_needs = Need.objects.open().values("pk")
    matches = visible.filter(actor=actor, need__in=open_needs, interested_at=None)
    return matches.select_related("need__project__lead", "actor", "offer").order_by("-score")[:SHOWN]
