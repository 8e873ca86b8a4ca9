"""The page behind the link of the notice: one button. It needs no account."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coexist.common.access import public

from ..models import Actor
from . import objections


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing (scanners follow links); a POST removes the contact and stops every mail."""
    try:
        pk, address = objections.read_token(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    if request.method == "POST":
        objections.object_to_contact(pk=pk, address=address)
    context = {
        "address": address, "done": objections.stands(address),
        "name": Actor.objects.filter(pk=pk).values_list("name", flat=True).first(),
    }  # fmt: skip
    return render(request, "imports/objection.html", context)
