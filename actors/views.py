"""The directory, profiles, offers, and one's own preferences."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from coexist.common.access import public
from coexist.common.panels import panels_for

from . import current, rules, services
from .enums import Mode
from .forms import OfferForm, PreferencesForm
from .joining.access import refuse, visible_actor
from .models import Actor, Offer, Skill
from .privacy.address_check import address_notices
from .profile_form import ActorForm, ContactLines, with_one_more_line
from .requests import MemberRequest
from .skills.detection import detect
from .structured import organization


@public
@require_safe
def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Actor.objects.visible_to(request.user).without_index()
    try:
        actor = visible.get(slug=slug, merged_into=None)
    except Actor.DoesNotExist:
        return redirect(get_object_or_404(visible, merged__slug=slug), permanent=True)
    role = rules.role_of(request.user, actor)
    contacts = list(actor.contacts.shown_to(role))
    context = {
        "actor": actor,
        "offers": actor.offers.without_index().with_skill_names(),
        "contacts": contacts,
        "facts": organization(actor, contacts) if actor.is_approved else None,
        "can_edit": rules.can_write_for(request.user, actor),
        "can_submit": rules.can_submit(request.user, actor),
        "is_member": role is not None,
        "last_decision": actor.decisions.first() if role else None,
        "panels": panels_for("actor", actor, request.user),
    }
    return render(request, "actors/detail.html", context)


@public
@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    """The taxonomy, to browse: each skill leads to the actors who offer it."""
    domains = Skill.objects.domains().prefetch_related("children")
    return render(request, "actors/skills.html", {"domains": domains})


@public
@require_GET
def recognise_skills(request: HttpRequest) -> HttpResponse:
    """Skills named in what is being typed, for the offer's and the need's forms (htmx)."""
    title = request.GET.get("title") or request.GET.get("need-title") or ""
    found = [mention.skill for mention in detect(title[:300])]
    skills = Skill.objects.filter(pk__in=found)
    return render(request, "actors/_recognised.html", {"skills": skills, "asked": bool(title.strip())})


@require_http_methods(["GET", "POST"])
def actor_create(request: MemberRequest) -> HttpResponse:
    form, contacts = ActorForm(request.POST or None, request.FILES or None), ContactLines(request.POST or None)
    if _is_sent_and_right(request, form, contacts):
        twin = Actor.objects.written_by(request.user).filter(name=form.cleaned_data["name"]).first()
        if twin is not None:  # the second of two clicks
            return redirect(twin)
        actor = services.create_actor(actor=form.save(commit=False), contacts=contacts.rows(), acting_user=request.user)
        current.choose(request, actor)
        messages.success(request, _("Votre profil est gardé. Dites maintenant ce que vous pouvez apporter."))
        return redirect("offer-create", slug=actor.slug)
    return _profile_form(request, form, contacts, None)


@require_http_methods(["GET", "POST"])
def actor_edit(request: MemberRequest, slug: str) -> HttpResponse:
    actor = _own_actor(request, slug)
    form = ActorForm(request.POST or None, request.FILES or None, instance=actor)
    contacts = ContactLines(request.POST or None, contacts=actor.contacts.all())
    if _is_sent_and_right(request, form, contacts):
        services.update_actor(actor=form.save(commit=False), contacts=contacts.rows(), acting_user=request.user)
        messages.success(request, _("Le profil est à jour."))
        return redirect(actor)
    return _profile_form(request, form, contacts, Actor.objects.get(pk=actor.pk))


@require_POST
def actor_submit(request: MemberRequest, slug: str) -> HttpResponse:
    actor = _own_actor(request, slug)
    if not rules.has_verified_email(request.user):
        messages.error(request, _("Confirmez d'abord votre adresse e-mail."))
        return redirect("account_email")
    try:
        services.submit_actor(actor=actor, acting_user=request.user)
        messages.success(request, _("Profil envoyé. L'équipe d'animation vous répond par e-mail."))
    except services.StateError:
        messages.info(request, _("Ce profil a déjà été envoyé."))
    return redirect(actor)


@require_http_methods(["GET", "POST"])
def offer_create(request: MemberRequest, slug: str) -> HttpResponse:
    actor = _own_actor(request, slug)
    return _offer_form(request, Offer(actor=actor))


@require_http_methods(["GET", "POST"])
def offer_edit(request: MemberRequest, pk: int) -> HttpResponse:
    offer = _own_offer(request, pk)
    return redirect(offer.page) if offer.page else _offer_form(request, offer)


@require_http_methods(["GET", "POST"])
def offer_delete(request: MemberRequest, pk: int) -> HttpResponse:
    offer = _own_offer(request, pk)
    if offer.page:
        return redirect(offer.page)
    if request.method == "POST":
        services.delete_offer(offer=offer, acting_user=request.user)
        messages.success(request, _("L'offre est retirée."))
        return redirect(offer.actor)
    return render(request, "actors/offer_delete.html", {"offer": offer})


@require_http_methods(["GET", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Vos préférences sont gardées."))
        return redirect("preferences")
    return render(request, "actors/preferences.html", {"form": form, **address_notices(request.user)})


def _is_sent_and_right(request: MemberRequest, form: ActorForm, contacts: ContactLines) -> bool:
    if request.method != "POST" or "add-contact" in request.POST:
        return False
    return all([form.is_valid(), contacts.can_be_saved()])


def _profile_form(request: MemberRequest, form: ActorForm, contacts: ContactLines, actor: Actor | None) -> HttpResponse:
    """The page, with what was typed; "add a contact" without JavaScript asks for it with one line more."""
    if "add-contact" in request.POST:
        form.show_unchecked()
        contacts = ContactLines(with_one_more_line(request.POST))
        contacts.show_unchecked()
    context = {"form": form, "contacts": contacts, "actor": actor, "lost_file": bool(request.FILES)}
    return render(request, "actors/form.html", context)


def _offer_form(request: MemberRequest, offer: Offer) -> HttpResponse:
    form = OfferForm(request.POST or None, instance=offer)
    if request.method == "POST" and form.is_valid():
        return _save_offer(request, form)
    context: dict[str, Any] = {"form": form, "actor": offer.actor, "offer": offer if offer.pk else None, "modes": Mode}
    return render(request, "actors/offer_form.html", context)


def _save_offer(request: MemberRequest, form: OfferForm) -> HttpResponse:
    chosen = form.cleaned_data["skills"]
    new = form.instance.pk is None
    actor = form.instance.actor
    if new and actor.offers.filter(title=form.cleaned_data["title"], kind=form.cleaned_data["kind"]).exists():
        return redirect(actor)  # the second of two clicks
    try:
        offer = services.save_offer(
            offer=form.save(commit=False), skills=chosen if chosen else None, acting_user=request.user
        )
    except IntegrityError:  # the actor was removed meanwhile
        messages.error(request, _("Cet acteur n'existe plus."))
        return redirect("dashboard")
    names = ", ".join(skill.name for skill in offer.skills.all())
    found = _("Compétences reconnues : %(names)s.") % {"names": names} if names else _("Aucune compétence reconnue.")
    messages.success(request, _("Offre gardée. %(found)s") % {"found": found})
    return redirect(actor)


def _own_actor(request: MemberRequest, slug: str) -> Actor:
    """Not visible: 404. Visible but not theirs to change: 403, with a word to who was a member until now."""
    actor = visible_actor(request, slug)
    if not rules.can_write_for(request.user, actor):
        raise refuse(request.user, actor)
    return actor


def _own_offer(request: MemberRequest, pk: int) -> Offer:
    offer = get_object_or_404(Offer.objects.select_related("actor"), pk=pk)
    visible_actor(request, offer.actor.slug)
    if not rules.can_write_for(request.user, offer.actor):
        raise refuse(request.user, offer.actor)
    return offer
