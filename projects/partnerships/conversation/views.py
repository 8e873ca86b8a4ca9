"""Writing in a thread, marking it as read, closing it, asking the animators."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.joining import access
from actors.requests import MemberRequest
from coexist.common import limits
from coexist.common.access import public

from ..enums import Side
from ..errors import IntroductionError
from ..models import Introduction
from ..views import show_introduction, visible_introduction
from . import drafts, rules, services
from .forms import CloseForm, MessageForm


@public  # only to keep what was typed when the session had ended: see _log_in_first
@require_POST
@limits.limited(limits.MESSAGES)
def message_create(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return _log_in_first(request, pk)
    request = cast(MemberRequest, request)
    introduction, side = _spoken_for(request, pk)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            _message, is_new = services.say(
                introduction=introduction, side=side, text=data["text"], files=data["attachments"],
                form_key=data["form_key"], seen=data["seen"] or 0, acting_user=request.user,
            )  # fmt: skip
        except IntroductionError as refused:  # closed a moment earlier: the text stays in the form
            form.add_error(None, str(refused))
        else:
            drafts.forget(request)
            if is_new:
                messages.success(request, _("Votre message est envoyé."))
            return redirect(introduction.get_absolute_url() + "#fin")
    return show_introduction(request, introduction, message_form=form)


@require_POST
def thread_read(request: MemberRequest, pk: int) -> HttpResponse:
    """Said by a button, or by the page itself once it is shown."""
    introduction = visible_introduction(request, pk)
    side = rules.side_of(request.user, introduction)
    if side is None:
        raise PermissionDenied
    last = request.POST.get("last", "")
    services.read(
        introduction=introduction, side=side, up_to=int(last) if last.isdecimal() and len(last) < 19 else 0,
        acting_user=request.user,
    )  # fmt: skip
    return HttpResponse() if request.headers.get("HX-Request") else redirect(introduction)


@require_http_methods(["GET", "POST"])
def thread_close(request: MemberRequest, pk: int) -> HttpResponse:
    introduction, side = _spoken_for(request, pk)
    if request.method == "GET" and not rules.may_close(introduction, side):
        messages.info(request, _("Une réponse a déjà été donnée."))
        return redirect(introduction)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(introduction=introduction, side=side, why=form.cleaned_data["why"], acting_user=request.user)
        except IntroductionError as refused:  # the other side was quicker
            messages.info(request, str(refused))
        else:
            messages.success(request, _("L'échange est terminé. L'autre structure lira pourquoi."))
        return redirect(introduction)
    return render(request, "partnerships/thread_close.html", {"form": form, "introduction": introduction})


@require_POST
def thread_help(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the sides lets the animators read, or no more."""
    introduction, _side = _spoken_for(request, pk)
    wanted = "end" not in request.POST
    if services.ask_help(introduction=introduction, wanted=wanted, acting_user=request.user):
        messages.success(
            request,
            _("L'équipe d'animation peut maintenant lire cet échange.")
            if wanted
            else _("L'équipe d'animation ne lit plus cet échange."),
        )
    return redirect(introduction)


def _spoken_for(request: MemberRequest, pk: int) -> tuple[Introduction, Side]:
    introduction = visible_introduction(request, pk)
    side = rules.speaks_for(request.user, introduction)
    if side is None:
        raise access.refuse(request.user, introduction.asked)
    return introduction, side


def _log_in_first(request: HttpRequest, pk: int) -> HttpResponse:
    """The session ended while the message was written: the page shows it again after the log-in."""
    if request.POST.get("text", "").strip():
        drafts.keep(request, pk, request.POST["text"])
        messages.info(
            request, _("Votre session avait pris fin. Votre texte est gardé : connectez-vous pour l'envoyer.")
        )
    return redirect_to_login(reverse("introduction-detail", args=[pk]))
