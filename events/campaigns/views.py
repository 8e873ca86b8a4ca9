"""The public page of a campaign: its theme, its days, who coordinates near here, what takes place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.panels import panels_for
from coexist.common.territories import name_of
from events.models import Event, Occurrence

from . import rules
from .forms import NearForm
from .models import Campaign
from .near import coordinators, everybody
from .overview import figures
from .querysets import ActivityQuerySet

SHOWN = 12


@public
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The campaign that comes next, or the last one."""
    campaign = Campaign.objects.current()
    return redirect(campaign) if campaign else render(request, "campaigns/none.html")


@public
@require_safe
def campaign_detail(request: HttpRequest, year: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("project__lead"), year=year)
    form = NearForm(request.GET if request.GET else None, campaign=campaign)
    code = form.code
    activities = campaign.activities.all()
    assert isinstance(activities, ActivityQuerySet)
    here = Occurrence.objects.public().filter(event__activity__agenda_year=campaign.year)
    if code:
        here = here.filter(event__reach__contains=[code])
    context = {
        "campaign": campaign,
        "form": form,
        "code": code,
        "place": name_of(code) if code else "",
        "coordinators": coordinators(campaign, code) if code else everybody(campaign),
        "rows": here.standing().with_card_data().order_by("starts_at", "pk")[:SHOWN],
        "figures": figures(activities.filter(event__in=Event.objects.public().values("pk"))),
        "agenda_query": f"campagne={campaign.year}" + (f"&territory={code}" if code else ""),
        "territories": [name_of(territory) for territory in campaign.territories],
        "coordinates": bool(rules.grounds_of(request.user, campaign)) if request.user.is_authenticated else False,
        "panels": panels_for("campaign", campaign, request.user),
    }
    return render(request, "campaigns/campaign.html", context)
