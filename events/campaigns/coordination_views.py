"""The coordinator's view of a ground: what is proposed and accepted, what is missing, the meetings, the sheet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.requests import MemberRequest
from coexist.common.lists import page_query
from coexist.common.panels import panels_for
from coexist.common.sheets import as_csv
from coexist.common.territories import name_of

from . import overview, rules, services
from .enums import Direction, ProposalState
from .forms import MeetingForm
from .models import Activity, Campaign, Meeting, Support
from .sheets import lines

ON_A_PAGE = 24
MOST_MEETINGS = 100
KINDS = ("activites", "demandes", "offres")


@require_safe
def coordination(request: MemberRequest, year: int) -> HttpResponse:
    campaign, grounds = _own(request, year)
    return _page(request, campaign, grounds)


@require_safe
def export(request: MemberRequest, year: int) -> StreamingHttpResponse:
    """Everything proposed on one's grounds, with whom to write to."""
    campaign, grounds = _own(request, year)
    codes = _codes(request, grounds)
    activities, support = _rows(request, campaign, grounds, codes)
    answer = StreamingHttpResponse(as_csv(lines(activities, support)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="semaine-{campaign.year}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def meeting_create(request: MemberRequest, year: int) -> HttpResponse:
    """A GET comes back from the log-in page."""
    campaign, grounds = _own(request, year)
    if request.method != "POST":
        return redirect("coordination", year=year)
    form = MeetingForm(request.POST, grounds=_choices(grounds))
    if not form.is_valid():
        return _page(request, campaign, grounds, form)
    services.add_meeting(campaign=campaign, **form.cleaned_data)
    return redirect("coordination", year=year)


@require_POST
def meeting_done(request: MemberRequest, pk: int) -> HttpResponse:
    """Ticked, or not after all."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("campaign"), pk=pk)
    services.mark_meeting(meeting=meeting, is_done="done" in request.POST, acting_user=request.user)
    return redirect("coordination", year=meeting.campaign.year)


def _own(request: MemberRequest, year: int) -> tuple[Campaign, list[str]]:
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("project__lead"), year=year)
    grounds = rules.grounds_of(request.user, campaign)
    if not grounds:
        raise PermissionDenied
    return campaign, grounds


def _codes(request: MemberRequest, grounds: list[str]) -> list[str]:
    chosen = request.GET.get("territoire", "")
    return [chosen] if chosen in grounds else grounds


def _rows(request: MemberRequest, campaign: Campaign, grounds: list[str], codes: list[str]) -> tuple[Any, Any]:
    """Of the chosen ground; animators see what lies on none as well."""
    found = []
    for model in (Activity, Support):
        rows: Any = model.objects.moderated_by(request.user).filter(campaign=campaign)
        everywhere = rules.can_animate(request.user) and codes == grounds
        found.append((rows if everywhere else overview.on_grounds(rows, codes)).with_card_data())
    return found[0], found[1]


def _page(
    request: MemberRequest, campaign: Campaign, grounds: list[str], meeting_form: MeetingForm | None = None
) -> HttpResponse:
    codes = _codes(request, grounds)
    activities, support = _rows(request, campaign, grounds, codes)
    kind = request.GET.get("type") if request.GET.get("type") in KINDS else KINDS[0]
    asked = request.GET.get("etat")
    state = asked if asked in ProposalState.values else ProposalState.PROPOSED
    rows = {
        "activites": activities,
        "demandes": support.filter(direction=Direction.ASK),
        "offres": support.filter(direction=Direction.OFFER),
    }[str(kind)].filter(state=state)
    page = Paginator(rows.order_by("created_at", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = overview.counts(activities, support)
    meetings = Meeting.objects.visible_to(request.user).filter(campaign=campaign, territory__in=codes)
    choices = _choices(grounds)
    context = {
        "campaign": campaign,
        "grounds": choices,
        "chosen": codes[0] if codes != grounds else "",
        "tabs": [(name, label, _states(numbers[name])) for name, label in _kinds()],
        "kind": kind,
        "state": state,
        "page_obj": page,
        "page_query": page_query(request),
        "figures": overview.figures(activities),
        "empty": overview.empty(campaign, activities, codes),
        "meetings": meetings[:MOST_MEETINGS],
        "panels": panels_for("coordination", campaign, request.user),
        "meeting_form": meeting_form or MeetingForm(grounds=choices, initial={"on": timezone.localdate()}),
    }
    return render(request, "campaigns/coordination.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [("activites", _("Activités")), ("demandes", _("Demandes de soutien")), ("offres", _("Offres de soutien"))]


def _states(numbers: dict[str, int]) -> list[tuple[str, Any, int]]:
    return [(state, label, numbers.get(state, 0)) for state, label in ProposalState.choices]


def _choices(grounds: list[str]) -> list[tuple[str, str]]:
    return [(code, str(name_of(code))) for code in grounds]
