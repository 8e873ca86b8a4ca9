"""The page behind a nudge's link: what is to be confirmed, and one button. It needs no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actors.models import User
from coexist.common import limits
from coexist.common.access import public

from . import services
from .links import BadLinkError, read_token


@public
@csrf_exempt  # the signed address is the proof, and no other site knows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited(limits.MAILED_REFUSALS)
def confirm_fresh(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing: scanners follow links."""
    try:
        named = read_token(token)
    except BadLinkError:
        return render(request, "freshness/confirm.html", {"why": "forged"}, status=404)
    person = User.objects.filter(pk=named.person, is_active=True).first()
    actors, needs = services.confirmable(named, person) if person else ([], [])
    if person is None or not (actors or needs):
        return render(request, "freshness/confirm.html", {"why": "gone"}, status=410)
    done = services.confirm(named=named, acting_user=person) if request.method == "POST" else 0
    return render(request, "freshness/confirm.html", {"actors": actors, "needs": needs, "done": done})
