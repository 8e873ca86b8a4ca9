"""Two actors side by side: choosing what is kept, then making one of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_countries import countries

from coexist.common.territories import name_of
from coexist.common.themes import Theme

from .. import merging, rules
from ..duplicates import duplicates_of_actors
from ..enums import Language
from ..models import Actor
from ..requests import MemberRequest

LONGEST = 600  # characters of a text shown


class MergeForm(forms.Form):
    """One choice for each part in which the two differ."""

    def __init__(self, *args: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in merging.parts_that_differ(kept, absorbed):
            choices: list[tuple[str, Any]] = [(merging.BOTH, _("Les deux"))] if part.is_list else []
            choices += [(merging.KEPT, shown(part, kept)), (merging.ABSORBED, shown(part, absorbed))]
            self.fields[part.code] = forms.ChoiceField(
                label=part.label, choices=choices, widget=forms.RadioSelect,
                initial=part.suggested(kept, absorbed),
            )  # fmt: skip


def shown(part: merging.Part, actor: Actor) -> str:
    words = [_in_words(actor, name) for name in part.columns if name not in ("latitude", "longitude")]
    return Truncator(" · ".join(word for word in words if word)).chars(LONGEST) or "—"


def _in_words(actor: Actor, name: str) -> str:
    value = getattr(actor, name)
    if name == "position_is_chosen":
        return str(_("position placée à la main")) if value else ""
    if name == "territories":
        return ", ".join(name_of(code) for code in value)
    if name in ("themes", "languages"):
        labels: Any = Theme if name == "themes" else Language
        return ", ".join(str(labels(code).label) for code in value if code in labels.values)
    if name == "country":
        return str(countries.name(str(value)))
    told = getattr(actor, f"get_{name}_display", None)
    return str(told() if told else value or "")


class Merging(admin.ModelAdmin):
    @admin.display(description=_("doublons"))
    def merge_link(self, actor: Actor) -> str:
        if actor.pk is None or actor.merged_into_id:
            return "—"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:actors_actor_duplicates", args=[actor.pk]), _("Chercher des doublons")
        )

    @admin.action(description=_("Fusionner les deux acteurs choisis…"), permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Actor]) -> HttpResponse | None:
        """The approved one is kept, else the older; the next page lets one turn that round."""
        chosen = list(queryset.order_by("created_at", "pk")[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Choisissez exactement deux acteurs."), messages.WARNING)
            return None
        kept, absorbed = sorted(chosen, key=lambda actor: not actor.is_approved)
        return redirect(merge_url(kept, absorbed))

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/doublons/", view(self.duplicates_view), name="actors_actor_duplicates"),
            path("<int:pk>/fusionner/<int:other>/", view(self.merge_view), name="actors_actor_merge"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def duplicates_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        actor = self._one(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Doublons possibles de %(actor)s") % {"actor": actor},
            "opts": self.model._meta,
            "actor": actor,
            "duplicates": duplicates_of_actors([actor])[actor.pk],
        }
        return render(request, "admin/actors/duplicates.html", context)

    def merge_view(self, request: MemberRequest, pk: int, other: int) -> HttpResponse:
        kept, absorbed = self._one(request, pk), self._one(request, other)
        form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, absorbed=absorbed)
        if request.method == "POST" and form.is_valid():
            return self._merged(request, kept, absorbed, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Fusionner deux acteurs"),
            "opts": self.model._meta,
            "kept": kept,
            "absorbed": absorbed,
            "form": form,
            "same": [(part.label, shown(part, kept)) for part in _same_parts(kept, absorbed)],
            "sides": [(kept, merging.belongings(kept)), (absorbed, merging.belongings(absorbed))],
        }
        return render(request, "admin/actors/merge.html", context)

    def _merged(self, request: MemberRequest, kept: Actor, absorbed: Actor, choices: dict[str, str]) -> HttpResponse:
        try:
            done = merging.merge(kept=kept, absorbed=absorbed, choices=choices, acting_user=request.user)
        except merging.MergeError as error:
            self.message_user(request, str(error), messages.WARNING)
            return redirect("admin:actors_actor_duplicates", kept.pk)
        said = _("%(absorbed)s et %(kept)s ne font plus qu'un.") if done else _("Ces deux acteurs étaient déjà réunis.")
        self.message_user(request, said % {"absorbed": absorbed, "kept": done or kept}, messages.SUCCESS)
        return redirect("admin:actors_actor_change", kept.pk)

    def _one(self, request: MemberRequest, pk: int) -> Actor:
        if not rules.can_decide(request.user):
            raise PermissionDenied
        return get_object_or_404(Actor.objects.defer("vector", "stems", "search"), pk=pk)


def merge_url(kept: Actor, absorbed: Actor) -> str:
    return reverse("admin:actors_actor_merge", args=[kept.pk, absorbed.pk])


def _same_parts(kept: Actor, absorbed: Actor) -> list[merging.Part]:
    differing = merging.parts_that_differ(kept, absorbed)
    return [part for part in merging.PARTS if part not in differing and not part.is_empty(kept)]
