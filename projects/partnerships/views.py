"""From a proposed match to people who talk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.current import current_actor
from actors.joining import access
from actors.models import Actor
from actors.querysets import may_see_all
from actors.requests import MemberRequest
from actors.rules import role_of
from coexist.common.panels import panels_for
from projects.matching.enums import Reader
from projects.matching.feedback import is_refused
from projects.matching.learning import NO_TIME_DAYS
from projects.matching.models import Match
from projects.models import Need
from projects.rules import answering_actors

from . import rules, services
from .conversation import drafts
from .conversation.forms import MessageForm
from .conversation.thread import thread_of
from .enums import Side
from .errors import IntroductionError
from .forms import AnswerForm, ContactForm, InterestForm, RefusalForm
from .models import Introduction

MOST_SHOWN = 100


@require_safe
def match_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the mails lead: the need, the actor, why, and the answers one may give."""
    matches = Match.objects.visible_to(request.user).select_related("need__project__lead", "actor", "offer")
    match = get_object_or_404(matches, pk=pk)
    is_open = match.need.is_open
    context = {
        "match": match,
        "need": match.need,
        "is_open": is_open,
        "refused": is_refused(match.need, match.actor),
        "introduction": Introduction.objects.live().filter(need=match.need, actor=match.actor).first(),
        "can_interest": is_open and rules.can_speak_for(request.user, match.actor),
        "can_contact": is_open and rules.can_speak_for(request.user, match.need.project.lead),
        "reader": _reader(request, match),
    }
    return render(request, "partnerships/match_detail.html", context)


def _reader(request: MemberRequest, match: Match) -> Reader:
    if role_of(request.user, match.actor):
        return Reader.ACTOR
    return Reader.ANIMATOR if may_see_all(request.user, "matching.view_match") else Reader.PROJECT


@require_http_methods(["GET", "POST"])
def interest(request: MemberRequest, pk: int) -> HttpResponse:
    """ "Ça nous intéresse": an actor answers a need."""
    get_object_or_404(Need.objects.visible_to(request.user), pk=pk)
    if request.method == "GET" and not Actor.objects.written_by(request.user).approved().exists():
        messages.info(
            request, _("Pour répondre à un besoin, présentez d'abord votre structure ; elle doit être validée.")
        )
        return redirect("dashboard")
    need, actors = _answerable(request, pk)
    form = InterestForm(request.POST or None, actors=actors, initial={"actor": _named(request, actors)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = _ask(request, form, need=need, actor=data["actor"], side=Side.ACTOR, message=data["message"])
        if done is not None:
            return done
    return render(request, "partnerships/interest.html", {"form": form, "need": need})


@require_http_methods(["GET", "POST"])
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """ "Pas pour nous, parce que…" """
    need, actors = _answerable(request, pk)
    form = RefusalForm(request.POST or None, actors=actors, initial={"actor": _named(request, actors)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.refuse_need(
                need=need, actor=data["actor"], reason=data["reason"], text=data["text"], acting_user=request.user
            )
        except IntroductionError as refused:  # a colleague answered the question a moment earlier
            messages.info(request, str(refused))
            return redirect("introduction-list")
        messages.success(request, _("C'est noté : ce besoin ne vous sera plus proposé."))
        return redirect("actor-needs", slug=data["actor"].slug)
    return render(request, "partnerships/refuse.html", {"form": form, "need": need, "no_time_days": NO_TIME_DAYS})


@require_http_methods(["GET", "POST"])
def contact(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """ "Contacter cet acteur": the project's side writes first."""
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("project__lead"), pk=pk)
    if not rules.can_speak_for(request.user, need.project.lead):
        raise PermissionDenied
    actor = get_object_or_404(Actor.objects.approved().exclude(pk=need.project.lead_id), slug=slug)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        message = form.cleaned_data["message"]
        done = _ask(request, form, need=need, actor=actor, side=Side.PROJECT, message=message)
        if done is not None:
            return done
    return render(request, "partnerships/contact.html", {"form": form, "need": need, "actor": actor})


@require_safe
def introduction_list(request: MemberRequest) -> HttpResponse:
    """One's own exchanges, the latest first; what waits for an answer says so."""
    context = {
        "introductions": Introduction.objects.of_member(request.user).with_card_data()[:MOST_SHOWN],
        "own_keys": set(Actor.objects.written_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "partnerships/list.html", context)


@require_safe
def introduction_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return show_introduction(request, visible_introduction(request, pk))


@require_POST
def introduction_answer(request: MemberRequest, pk: int) -> HttpResponse:
    introduction = visible_introduction(request, pk)
    if not rules.can_speak_for(request.user, introduction.asked):
        raise access.refuse(request.user, introduction.asked)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_introduction(request, introduction, form)
    try:
        _answer(request, introduction, form.cleaned_data)
    except IntroductionError as refused:
        messages.info(request, str(refused))
    return redirect(introduction)


def _answer(request: MemberRequest, introduction: Introduction, data: dict[str, Any]) -> None:
    if "decline" in request.POST:
        services.decline(
            introduction=introduction, reason=data["reason"], reply=data["reply"], acting_user=request.user
        )
        messages.success(request, _("Réponse envoyée."))
    else:
        services.accept(introduction=introduction, reply=data["reply"], acting_user=request.user)
        messages.success(request, _("C'est accepté : vous voyez maintenant les coordonnées l'un de l'autre."))


def show_introduction(
    request: MemberRequest, introduction: Introduction, form: AnswerForm | None = None,
    message_form: MessageForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of an introduction; the forms as they were refused."""
    if form is None and rules.can_answer(request.user, introduction):
        form = AnswerForm()
    thread = thread_of(introduction, request.user, request.GET.get("page"), message_form)
    draft = drafts.kept(request, introduction.pk)
    if draft and message_form is None and thread.form is not None:
        thread.form.initial["text"] = draft
    context = {
        "introduction": introduction,
        "need": introduction.need,
        "form": form,
        "thread": thread,
        "is_party": thread.side is not None,
        "panels": panels_for("introduction", introduction, request.user),
    }
    return render(request, "partnerships/detail.html", context)


def _ask(request: MemberRequest, form: Form, **what: Any) -> HttpResponse | None:
    """Redirect to the introduction, or None with the reason written on the form."""
    try:
        introduction, is_new = services.ask(**what, acting_user=request.user)
    except IntroductionError as refused:
        form.add_error(None, str(refused))
        return None
    if is_new:
        messages.success(request, _("Votre message est envoyé. La réponse vous arrivera par e-mail."))
    else:
        messages.info(request, _("Vous êtes déjà en relation pour ce besoin."))
    return redirect(introduction)


def _answerable(request: MemberRequest, pk: int) -> tuple[Need, QuerySet[Actor]]:
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("project__lead"), pk=pk)
    actors = answering_actors(request.user, need)
    first = actors.first()
    if first is None or not rules.can_speak_for(request.user, first):
        raise PermissionDenied
    return need, actors


def _named(request: MemberRequest, actors: QuerySet[Actor]) -> Actor | None:
    """The actor that the mail's link names, or the one at work, where the person may speak for it."""
    wanted = request.GET.get("acteur")  # compared here: the database refuses a NUL byte
    named = next((actor for actor in actors if actor.slug == wanted), None)
    current = current_actor(request)
    return named or next((actor for actor in actors if actor == current), None)


def visible_introduction(request: MemberRequest, pk: int) -> Introduction:
    introduction = Introduction.objects.visible_to(request.user).with_card_data().filter(pk=pk).first()
    if introduction is None:
        hidden = get_object_or_404(Introduction.objects.with_card_data(), pk=pk)
        raise access.hide(request.user, hidden.asked, hidden.asking)
    return introduction
