"""One's own data: reading, taking away, erasing. All about the person who is logged in, and nobody else."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from coexist.common.limits import Limit, limited

from ..requests import MemberRequest
from .erasure import ErasureError, erase_person
from .export import as_zip, data_of
from .forms import EraseForm

SHOWN = 30  # rows of one sort on the page; the file holds the others
# An export reads everything about a person; a wrong password here is a guess.
EXPORTS = Limit("exports", per_account=10, per_address=60)
ERASURES = Limit("erasures", per_account=10, per_address=30)


@require_safe
@never_cache
def my_data(request: MemberRequest) -> HttpResponse:
    return render(request, "privacy/my_data.html", {"holdings": data_of(request.user, SHOWN)})


@require_safe
@never_cache
@limited(EXPORTS, methods=("GET",))
def my_data_download(request: MemberRequest) -> HttpResponse:
    name = f"coexist-mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_zip(request.user), content_type="application/zip", headers=headers)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@limited(ERASURES)
def account_erase(request: MemberRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        messages.info(request, _("Choisissez d'abord un mot de passe : il confirme que l'effacement vient de vous."))
        return redirect("account_set_password")
    form = EraseForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=request.user, successions=form.successions(), acting_user=request.user)
            return _erased(request)
        except ErasureError as error:
            form.add_error(None, str(error))
    return render(request, "privacy/erase.html", {"form": form})


def _erased(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Votre compte est effacé. Un e-mail vous le confirme."))
    return redirect("home")
