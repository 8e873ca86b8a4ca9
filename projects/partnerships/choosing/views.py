"""The page of a need's answers, and the page where the letters are read again before they leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actors.joining import access
from actors.querysets import may_see_all
from actors.requests import MemberRequest
from actors.rules import role_of
from projects.models import Need
from projects.rules import can_end_need

from .. import rules
from ..errors import IntroductionError
from . import services
from .answers import Answer, answers_to
from .forms import ChoiceForm, SendForm


@require_http_methods(["GET", "POST"])
def need_answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare, then preview, then send: only the last writes anything."""
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("project__lead"), pk=pk)
    lead = need.project.lead
    if not role_of(request.user, lead) and not may_see_all(request.user, "partnerships.view_introduction"):
        raise PermissionDenied
    may_choose = rules.can_speak_for(request.user, lead)
    if request.method == "POST" and not may_choose:
        raise access.refuse(request.user, lead)
    answers = answers_to(need)
    keys = [answer.introduction.pk for answer in answers if answer.may_be_chosen]
    form = ChoiceForm(request.POST or None, keys=keys)
    if request.method == "POST":
        if "send" in request.POST:
            return _send(request, need, answers, keys)
        if form.is_valid():
            return _preview(request, need, answers, _letters(request, need, form.cleaned_data, keys))
    context = {
        "need": need, "answers": answers, "form": form, "may_choose": may_choose and bool(keys),
        "can_fill": can_end_need(request.user, need),
        "ticked": request.POST.getlist("chosen"),
    }  # fmt: skip
    return render(request, "partnerships/answers.html", context)


def _letters(request: MemberRequest, need: Need, data: dict, keys: list[int]) -> SendForm:
    """The second form, as it is first shown."""
    others = [key for key in keys if key not in data["chosen"]]
    courteous = _(
        "Bonjour,\n\nMerci d'avoir proposé votre aide pour « %(need)s ». Plusieurs structures nous ont répondu, et "
        "nous commençons avec une autre. Votre proposition nous a touchés : nous gardons votre contact, et serions "
        "heureux de faire quelque chose ensemble une autre fois.\n\n%(person)s, %(lead)s"
    ) % {"need": need.title, "person": request.user.name, "lead": need.project.lead.name}
    return SendForm(initial={**data, "others": others, "courteous": courteous, "reply": ""}, keys=keys)


def _preview(request: MemberRequest, need: Need, answers: list[Answer], form: SendForm) -> HttpResponse:
    chosen = {int(key) for key in form["chosen"].value() or [] if str(key).isdecimal()}
    others = {int(key) for key in form["others"].value() or [] if str(key).isdecimal()}
    context = {
        "need": need,
        "form": form,
        "chosen": [answer for answer in answers if answer.introduction.pk in chosen],
        "others": [answer for answer in answers if answer.may_be_chosen and answer.introduction.pk not in chosen],
        "ticked": others,
        "filled": form["filled"].value(),
    }
    return render(request, "partnerships/answers_preview.html", context)


def _send(request: MemberRequest, need: Need, answers: list[Answer], keys: list[int]) -> HttpResponse:
    form = SendForm(request.POST, keys=keys)
    if not form.is_valid():
        if {"chosen", "others"} & set(form.errors):  # somebody decided meanwhile
            messages.info(request, _("Quelqu'un a répondu entre-temps : rien n'a été envoyé. Relisez la liste."))
            return redirect("need-answers", pk=need.pk)
        return _preview(request, need, answers, form)
    data = form.cleaned_data
    try:
        services.choose(
            need=need, chosen=data["chosen"], others=data["others"], reply=data["reply"],
            courteous=data["courteous"], filled=data["filled"] and can_end_need(request.user, need),
            acting_user=request.user,
        )  # fmt: skip
    except IntroductionError as refused:
        messages.info(request, str(refused))
        return redirect("need-answers", pk=need.pk)
    done = ngettext("%(number)d réponse retenue.", "%(number)d réponses retenues.", len(data["chosen"]))
    messages.success(request, done % {"number": len(data["chosen"])})
    return redirect("need-answers", pk=need.pk)
