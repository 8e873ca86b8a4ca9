"""What the agenda can be narrowed by."""

import re
from datetime import date
from typing import cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.facet_filters import FacetedFilterSet, FacetFilter
from coexist.common.filters import SearchFilter
from coexist.common.forms import DateInput
from coexist.common.search import search_query
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

from .days import day_bounds
from .enums import Audience, EventKind
from .models import Occurrence
from .querysets import OccurrenceQuerySet

LIST, MONTH, MAP = "", "mois", "carte"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayInput(DateInput):
    """Of an address that anybody may write: what is no ISO date is left out, since a browser complains of it."""

    def format_value(self, value: object) -> str | None:
        shown = super().format_value(value)
        return shown if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(shown), re.ASCII) else None


class MonthField(forms.CharField):
    """A month of the calendar, as 2026-11; its first day."""

    def clean(self, value: str | None) -> date | None:
        found = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", (value or "").strip(), re.ASCII)
        if not found:
            if value:
                raise ValidationError(_("Ce mois n'existe pas."))
            return None
        return date(int(found[1]), int(found[2]), 1)


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class ActorChoiceFilter(django_filters.CharFilter):
    """An actor by the address of its page; one that is not public is as unknown."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        actor = Actor.objects.approved().filter(slug=value[:80]).only("pk").first()
        if actor is None:
            return qs.none()
        with_it = Q(event__organiser=actor) | Q(event__in=actor.co_organised_events.values("pk"))
        return qs.filter(with_it)


class AgendaFilter(FacetedFilterSet):
    q = SearchFilter(label=_("Mots de l'événement"), placeholder=_("ex. : projection, Madagascar"), method="by_words")
    du = django_filters.DateFilter(label=_("Du"), widget=DayInput, method="from_day")
    au = django_filters.DateFilter(label=_("Au"), widget=DayInput, method="to_day")
    libre = django_filters.BooleanFilter(
        label=_("Avec des places libres"), widget=forms.CheckboxInput, method="with_places"
    )
    gratuit = django_filters.BooleanFilter(label=_("Gratuit"), widget=forms.CheckboxInput, method="for_free")
    kind = FacetFilter("event__kind", is_array=False, label=_("Type"), choices=EventKind)
    theme = FacetFilter("event__themes", is_long=True, label=_("Thème"), choices=Theme)
    territory = FacetFilter("event__reach", is_long=True, label=_("Territoire"), choices=grouped_choices)
    audience = FacetFilter("event__audiences", label=_("Public"), choices=Audience)
    acteur = ActorChoiceFilter(widget=forms.HiddenInput)
    passe = django_filters.BooleanFilter(widget=forms.HiddenInput, method="leave")
    vue = django_filters.ChoiceFilter(
        choices=[(MONTH, _("Mois")), (MAP, _("Carte"))], method="leave", widget=forms.HiddenInput
    )
    mois = MonthFilter(method="leave", widget=forms.HiddenInput)

    class Meta:
        model = Occurrence
        fields: list[str] = []

    @property
    def period(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ("du", "au")]

    @property
    def ticks(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ("gratuit", "libre")]

    @property
    def kept(self) -> list[forms.BoundField]:
        """What the address says beside the fields: it stays when these change."""
        return [self.form[name] for name in ("acteur", "passe", "vue", "mois")]

    def by_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        query = search_query(value)
        return rows if query is None else rows.filter(event__search=query)

    def from_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(ends_at__gte=day_bounds(_within(value))[0])

    def to_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(starts_at__lt=day_bounds(_within(value))[1])

    def with_places(self, rows: OccurrenceQuerySet, name: str, value: bool) -> QuerySet:
        return rows.with_free_places() if value else rows

    def for_free(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(event__price="") if value else rows

    def before_facets(self, rows: OccurrenceQuerySet) -> OccurrenceQuerySet:
        """Rows that meet everything but the facets."""
        return cast(OccurrenceQuerySet, django_filters.FilterSet.filter_queryset(self, rows))


def add_facet(name: str, facet: FacetFilter) -> None:
    """A room above narrows the agenda by what only it knows; called when its app is loaded."""
    facet.field_name = name
    AgendaFilter.base_filters[name] = facet


def _within(day: date) -> date:
    """Far from the ends of what a calendar can count."""
    return min(max(day, EARLIEST), LATEST)
