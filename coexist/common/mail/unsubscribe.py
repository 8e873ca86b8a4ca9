"""One-click unsubscribe (RFC 8058), for addresses with and without an account."""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coexist.common.access import public

from .kinds import get_kind
from .models import EmailOptOut, OutgoingEmail

SALT = "coexist.unsubscribe"


def unsubscribe_url(mail: OutgoingEmail) -> str:
    """Absolute address; it does not expire, since a mail may be read years later."""
    token = signing.dumps([mail.address.lower(), mail.stops], salt=SALT)
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


@public
@csrf_exempt  # the mail provider posts without cookie or token: the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing (scanners follow links); a POST stops the kind, or everything; `undo` takes it back."""
    try:
        address, kind_code = signing.loads(token, salt=SALT)
        kind = None if kind_code == EmailOptOut.EVERYTHING else get_kind(kind_code)
    except (signing.BadSignature, ValueError, KeyError) as error:
        raise Http404 from error
    if request.method == "POST":
        if "undo" in request.POST:
            EmailOptOut.objects.filter(address=address, kind_code=kind_code).delete()
        else:
            EmailOptOut.objects.get_or_create(address=address, kind_code=kind_code)
    stopped = EmailOptOut.stands(address, kind_code)
    return render(request, "mail/unsubscribe.html", {"address": address, "kind": kind, "stopped": stopped})
