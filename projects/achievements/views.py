"""Where the sides of a completed partnership tell what came of it, and agree to its publication."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.requests import MemberRequest
from projects.following.models import Partnership
from projects.following.stages import PartnershipStage

from . import rules, services
from .desk import desk_context
from .forms import AppraisalForm, ConsentForm, PictureForm, QuotationForm, StoryForm
from .models import Achievement, Appraisal, Contribution, Picture


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: MemberRequest, pk: int) -> HttpResponse:
    """What both sides wrote and where it stands. A POST opens it, or gives a side that came later its part."""
    partnership = _partnership(request, pk)
    if request.method == "POST":
        if not rules.can_tell(request.user, partnership):
            raise PermissionDenied
        services.open_achievement(partnership=partnership, acting_user=request.user)
        return redirect("achievement-desk", pk)
    return render(request, "achievements/desk.html", desk_context(partnership, request.user))


@require_http_methods(["GET", "POST"])
def story(request: MemberRequest, pk: int) -> HttpResponse:
    partnership = _partnership(request, pk)
    row = get_object_or_404(Achievement, partnership=partnership)
    if not rules.can_tell(request.user, partnership):
        raise PermissionDenied
    if not row.is_writable:
        messages.info(request, _("Ce récit ne peut pas être modifié dans l'état où il est."))
        return redirect(row.desk_url)
    form = StoryForm(request.POST or None, instance=Achievement.objects.get(pk=row.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_story(
                achievement=row, told=form.told, seen=form.cleaned_data["seen"], acting_user=request.user
            )
        except services.AchievementError as refused:
            return _story_again(request, row, refused)
        messages.success(request, _("Le récit est enregistré. L'autre partie doit donner son accord à cette version."))
        return redirect(row.desk_url)
    return _form_page(request, row, form, _("Le récit en commun"))


@require_http_methods(["GET", "POST"])
def quotation(request: MemberRequest, pk: int) -> HttpResponse:
    contribution = _own(request, pk)
    form = QuotationForm(request.POST or None, instance=_copy(contribution))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.save_quotation(
                contribution=contribution, quotation=told["quotation"], author=told["quotation_author"],
                role=told["quotation_role"], acting_user=request.user,
            )  # fmt: skip
            return redirect(contribution.achievement.desk_url)
        except services.AchievementError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, contribution.achievement, form, _("Votre témoignage"), contribution)


@require_http_methods(["GET", "POST"])
def picture_add(request: MemberRequest, pk: int) -> HttpResponse:
    contribution = _own(request, pk)
    return _picture(request, Picture(contribution=contribution, achievement=contribution.achievement), _("Une photo"))


@require_http_methods(["GET", "POST"])
def picture_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _picture(request, _own_picture(request, pk), _("Ce qui est dit de la photo"))


@require_POST
def picture_remove(request: MemberRequest, pk: int) -> HttpResponse:
    picture = _own_picture(request, pk)
    try:
        services.remove_picture(picture=picture, acting_user=request.user)
        messages.success(request, _("La photo est retirée."))
    except services.AchievementError as refused:
        messages.error(request, str(refused))
    return redirect(picture.achievement.desk_url)


@require_http_methods(["GET", "POST"])
def appraisal(request: MemberRequest, pk: int) -> HttpResponse:
    """To the other side this page does not exist: it must not even tell that a grade was given."""
    contribution = _own(request, pk, refusal=Http404)
    given = Appraisal.objects.filter(achievement=contribution.achievement, actor=contribution.actor).first()
    form = AppraisalForm(request.POST or None, instance=given)
    if request.method == "POST" and form.is_valid():
        services.appraise(contribution=contribution, acting_user=request.user, **form.cleaned_data)
        messages.success(request, _("C'est noté, pour vous et l'équipe d'animation seulement."))
        return redirect(contribution.achievement.desk_url)
    return _form_page(request, contribution.achievement, form, _("Votre avis, en privé"), contribution)


@require_POST
def consent(request: MemberRequest, pk: int) -> HttpResponse:
    contribution = _own(request, pk)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            services.consent(contribution=contribution, acting_user=request.user, **form.cleaned_data)
            messages.success(request, _("C'est noté."))
        except services.AchievementError as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, _("Rechargez la page, puis recommencez."))
    return redirect(contribution.achievement.desk_url)


def _picture(request: MemberRequest, picture: Picture, heading: str) -> HttpResponse:
    form = PictureForm(request.POST or None, request.FILES or None, instance=picture)
    if request.method == "POST" and form.is_valid():
        if not picture.pk:
            form.instance.form_key = form.cleaned_data["form_key"]
        try:
            services.save_picture(picture=form.instance, acting_user=request.user)
            return redirect(picture.achievement.desk_url)
        except services.AchievementError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, picture.achievement, form, heading, picture.contribution)


def _story_again(request: MemberRequest, row: Achievement, refused: Exception) -> HttpResponse:
    """With what was typed, what stands now where it differs, and the version that is now seen."""
    now = Achievement.objects.get(pk=row.pk)
    data = request.POST.copy()
    data["seen"] = str(now.version)
    form = StoryForm(data, instance=Achievement.objects.get(pk=row.pk))
    form.is_valid()
    form.add_error(None, str(refused))
    differing = [name for name in ("title", "summary", "done") if form.cleaned_data.get(name) != getattr(now, name)]
    theirs = [(form.fields[name].label, getattr(now, name)) for name in differing]
    return _form_page(request, now, form, _("Le récit en commun"), theirs=theirs)


def _partnership(request: MemberRequest, pk: int) -> Partnership:
    """A completed one that the person sees."""
    seen = Partnership.objects.visible_to(request.user).filter(stage=PartnershipStage.COMPLETED)
    return get_object_or_404(seen.select_related("need__project"), pk=pk)


def _own(request: MemberRequest, pk: int, refusal: type[Exception] = PermissionDenied) -> Contribution:
    """A part of which one sees the page; refused to who does not speak for its side."""
    seen = Contribution.objects.of_members(request.user).select_related("achievement__partnership", "actor")
    contribution = get_object_or_404(seen, pk=pk)
    if not rules.can_speak_for(request.user, contribution):
        raise refusal
    return contribution


def _own_picture(request: MemberRequest, pk: int) -> Picture:
    seen = Picture.objects.of_members(request.user)
    picture = get_object_or_404(seen.select_related("contribution__actor", "achievement__partnership"), pk=pk)
    if not rules.can_speak_for(request.user, picture.contribution):
        raise PermissionDenied
    return picture


def _copy(contribution: Contribution) -> Contribution:
    """A form writes into its instance before anything is decided."""
    return Contribution.objects.get(pk=contribution.pk)


def _form_page(
    request: MemberRequest, row: Achievement, form: Form | Any, heading: str,
    contribution: Contribution | None = None, theirs: list | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "achievement": row, "form": form, "heading": heading, "contribution": contribution, "theirs": theirs,
        "is_private": isinstance(form, AppraisalForm), "has_file": isinstance(form, PictureForm),
    }  # fmt: skip
    return render(request, "achievements/form.html", context)
