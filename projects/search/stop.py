"""Stopping the alerts of one search from a mail (RFC 8058), without logging in."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coexist.common.access import public
from coexist.common.mail.enums import Digest

from . import services
from .mails import search_of
from .models import SavedSearch


@public
@csrf_exempt  # the mail provider posts without cookie or token: the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing; of a search that is no more, the page says so."""
    try:
        key = search_of(token)
    except signing.BadSignature as error:
        raise Http404 from error
    search = SavedSearch.objects.filter(pk=key).first()
    if search is not None and request.method == "POST":
        services.stop_alerts(search=search)
        search.refresh_from_db()
    stopped = search is None or search.rhythm == Digest.NEVER
    return render(request, "search/stop.html", {"search": search, "stopped": stopped})
