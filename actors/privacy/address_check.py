"""A suspended address is told to its holder and to the owners beside them; a link sent there makes it work again."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coexist.common.access import public
from coexist.common.mail.suspension import SuspendedAddress, is_suspended, release

from ..models import Membership
from ..requests import MemberRequest
from .mails import send_address_check

SALT = "coexist.address-check"
VALID = 2 * 24 * 3600  # seconds
SHOWN = 6


def address_notices(person: Any) -> dict[str, Any]:
    """For the pages one meets after log-in: is one's own address suspended, and which members' are."""
    suspended = SuspendedAddress.objects.standing().filter(address=OuterRef("user__email"))
    own = Membership.objects.owners().filter(user=person).values("actor")
    members = Membership.objects.filter(Exists(suspended), actor__in=own).exclude(user=person)
    return {
        "address_is_suspended": is_suspended(person.email),
        "suspended_members": members.select_related("user", "actor").order_by("actor__name", "pk")[:SHOWN],
    }


@require_POST
def address_check_send(request: MemberRequest) -> HttpResponse:
    """Try the address once more, with a link that proves it works; at most once an hour."""
    suspended = SuspendedAddress.objects.standing().filter(address=request.user.email).first()
    if suspended is None:
        messages.info(request, _("Votre adresse reçoit nos messages."))
    elif send_address_check(request.user, suspended, _link(request.user.email)):
        messages.success(request, _("Un e-mail part vers votre adresse : ouvrez le lien qu'il contient."))
    else:
        messages.info(request, _("Un e-mail est déjà parti il y a peu. S'il n'arrive pas, changez d'adresse."))
    return redirect("preferences")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing (scanners follow links); the link alone is the proof, on whatever device it is opened."""
    try:
        address = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature as error:
        raise Http404 from error
    if request.method == "POST":
        release(address, acting_user=None)
    context = {"address": address, "works": not is_suspended(address)}
    return render(request, "privacy/address_confirm.html", context)


def _link(address: str) -> str:
    return reverse("address-confirm", args=[signing.dumps(address, salt=SALT)])
