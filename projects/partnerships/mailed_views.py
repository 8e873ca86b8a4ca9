"""The page behind "Pas pour nous, parce que…" in a mail: one form, one button. It needs no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coexist.common import audit_log, limits
from coexist.common.access import public
from projects.matching.learning import NO_TIME_DAYS
from projects.matching.refusal_links import ExpiredLinkError, ForgedLinkError

from . import services
from .errors import IntroductionError
from .forms import ReasonForm
from .mailed_refusals import MailedRefusal, Standing, find


@public
@csrf_exempt  # the signed address is the proof, and no other site knows it: browsers without cookies may answer too
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited(limits.MAILED_REFUSALS)
def mailed_refusal(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing (scanners follow links); a POST refuses as the logged-in page does."""
    try:
        asked = find(token)
    except ForgedLinkError:
        return render(request, "partnerships/mailed_closed.html", {"why": "forged"}, status=404)
    except ExpiredLinkError:
        return render(request, "partnerships/mailed_closed.html", {"why": "expired"}, status=410)
    if asked.standing is not Standing.OPEN:
        context = {"why": asked.standing.code, "asked": asked}
        return render(request, "partnerships/mailed_closed.html", context, status=asked.standing.status)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _refuse(asked, form.cleaned_data)
        return redirect(request.path)  # shows what stands now, also when a colleague was quicker
    context = {"form": form, "asked": asked, "need": asked.need, "no_time_days": NO_TIME_DAYS}
    return render(request, "partnerships/mailed_refusal.html", context)


def _refuse(asked: MailedRefusal, data: dict[str, str]) -> None:
    assert asked.person is not None  # an open one has all three
    assert asked.actor is not None
    assert asked.need is not None
    try:
        services.refuse_need(
            need=asked.need, actor=asked.actor, reason=data["reason"], text=data["text"], acting_user=asked.person
        )
    except IntroductionError:
        return
    audit_log.record("need.refused_by_mail", need=asked.need.pk, actor=asked.actor.pk, by=asked.person.pk)
