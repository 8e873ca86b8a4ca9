"""One page for what protects an account: password, address, second step, open sessions."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coexist.common import audit_log
from coexist.common.staff import lacks_second_step

from .requests import MemberRequest


@require_safe
def security(request: MemberRequest) -> HttpResponse:
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_second_step": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "must_have_second_step": lacks_second_step(request.user),
        "session_count": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "actors/security.html", context)


@require_POST
def session_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Log out one other browser; one's own has its button in the menu."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        messages.info(request, _("C'est votre session d'ici : utilisez « Se déconnecter »."))
        return redirect("usersessions_list")
    get_adapter().end_sessions([session])
    audit_log.record("session.ended", by=request.user.pk)
    messages.success(request, _("Cette session est fermée."))
    return redirect("usersessions_list")
