"""The animators' page "Pourquoi pas cet acteur ?": pick any actor, read what kept it out."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Func, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actors.models import Actor
from projects.models import Need

from .why_not import why_not

MOST_FOUND = 20


class WhyNotForm(forms.Form):
    """Searching by name, or one actor taken from what was found."""

    q = forms.CharField(label=_("Un acteur, par son nom ou son sigle"), max_length=100, required=False)
    actor = forms.ModelChoiceField(
        queryset=Actor.objects.without_index().select_related("merged_into"), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip


class ExplainsAbsence(admin.ModelAdmin):
    """For the admin of matches."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.why_not_view)
        return [path("besoin/<int:pk>/pourquoi-pas/", view, name="matching_match_why_not"), *super().get_urls()]

    @method_decorator(require_safe)
    def why_not_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("matching.view_match"):
            raise PermissionDenied
        need = get_object_or_404(Need.objects.select_related("project__lead").prefetch_related("skills"), pk=pk)
        form = WhyNotForm(request.GET)
        chosen, found = picked(form) if form.is_valid() else (None, [])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pourquoi pas cet acteur ?"),
            "opts": self.model._meta,
            "need": need,
            "form": form,
            "actor": chosen,
            "found": found,
            "is_cut": len(found) == MOST_FOUND,
            "answer": why_not(need, chosen) if chosen else None,
            "match": chosen and need.matches.filter(actor=chosen, is_current=True).first(),
        }
        return render(request, "admin/matching/why_not.html", context)


def picked(form: forms.Form) -> tuple[Actor | None, list[Actor]]:
    """The chosen actor; else those that the words find, of which a single one is taken for chosen."""
    data = form.cleaned_data
    if data["actor"] is not None:
        return data["actor"], []
    found = list(_named(data["q"])[:MOST_FOUND]) if data["q"].strip() else []
    return (found[0], []) if len(found) == 1 else (None, found)


def _named(asked: str) -> QuerySet[Actor]:
    """Actors in any state: also one that is not approved may be asked about."""
    plain = Func(Value(asked), function="coexist_plain")
    rows = Actor.objects.without_index().select_related("merged_into")
    return rows.filter(Q(name_key__contains=plain) | Q(acronym__iexact=asked.strip())).order_by("name", "pk")
