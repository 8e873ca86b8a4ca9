"""Asking for a printed programme, and watching it being made; the poster of an event."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.requests import MemberRequest
from coexist.common.limits import MINUTE, Limit, is_over
from coexist.common.pdf import missing_packages
from events.campaigns.models import Campaign
from events.models import Event

from . import making, printing, rules
from .forms import PrintForm
from .typography import printed_language

POSTERS = Limit("posters", per_account=20, per_address=40, seconds=10 * MINUTE)
DATES_ON_A_POSTER = 6


@require_http_methods(["GET", "POST"])
def programme(request: MemberRequest, year: int) -> HttpResponse:
    """For those who coordinate a ground, and animators; the files are everybody's."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("project__lead"), year=year)
    if not rules.can_ask(request.user, campaign):
        raise PermissionDenied
    form = PrintForm(request.POST or None)
    if request.method == "POST" and not missing_packages() and form.is_valid():
        making.ask(campaign, **form.cleaned_data)
        return redirect("programme", year=year)
    rows = list(campaign.prints.all())
    stale = making.stale(campaign, rows)
    prints = [{"row": row, "is_stale": row.pk in stale} for row in rows]
    context = {
        "campaign": campaign, "form": form, "prints": prints, "missing": missing_packages(),
        "is_working": any(one["row"].is_working for one in prints),
    }  # fmt: skip
    return render(request, "programme/programme_page.html", context)


@require_safe
def poster(request: MemberRequest, slug: str) -> HttpResponse:
    """For who writes for its organiser, and who coordinates its ground."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("organiser"), slug=slug)
    if not rules.can_print_poster(request.user, event):
        raise PermissionDenied
    if is_over(request, POSTERS) or missing_packages():
        text = _("L'affiche ne peut pas être faite maintenant : réessayez dans quelques minutes.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "600"})
    dates = event.occurrences.to_come().filter(is_cancelled=False)[:DATES_ON_A_POSTER]
    with printed_language():
        content = printing.poster(event, dates)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="affiche-{event.slug}.pdf"'
    return answer
