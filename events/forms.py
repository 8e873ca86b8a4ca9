"""Writing an event, moving or cancelling one of its dates."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.enums import Language
from actors.forms import plain_helper
from actors.models import Actor, User
from coexist.common.forms import DateInput, OnceMixin, ThemeField
from coexist.common.widgets import LongSelect
from projects.following.forms import ActorField
from projects.models import Project

from .enums import Access, Audience, Booking, Repeat
from .models import Event, Occurrence
from .recurrence import MOST_DATES, dates, has_no_end, repeat_of, rule_of, zones

KEPT = "KEEP"
MOST_CO_ORGANISERS = 12
EARLIEST, LATEST = 2000, 2100
LONGEST = timedelta(days=366)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class ActorsField(forms.CharField):
    """Approved actors, one to a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[Actor]:
        one = ActorField(required=False)
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_CO_ORGANISERS:
            raise ValidationError(_("%(number)d acteurs au plus."), params={"number": MOST_CO_ORGANISERS})
        found = {actor.pk: actor for line in lines if (actor := one.clean(line)) is not None}
        return list(found.values())


class DatesField(forms.CharField):
    """Dates, one to a line, with a time or without: 24/11/2027 18:30. Pairs of date and time, or None for the time."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[tuple[date, time | None]]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_DATES:
            raise ValidationError(_("%(number)d dates au plus."), params={"number": MOST_DATES})
        return [self._read(line) for line in lines]

    def _read(self, line: str) -> tuple[date, time | None]:
        for form, has_time in (("%d/%m/%Y %H:%M", True), ("%d/%m/%Y %Hh%M", True), ("%d/%m/%Y", False)):
            try:
                found = datetime.strptime(line, form).replace(tzinfo=UTC)
            except ValueError:
                continue
            if EARLIEST <= found.year <= LATEST:
                return found.date(), found.time() if has_time else None
        raise ValidationError(_("« %(line)s » n'est pas une date comme 24/11/2027 18:30."), params={"line": line[:40]})


def as_lines(moments: list[datetime], zone: ZoneInfo) -> str:
    return "\n".join(f"{moment.astimezone(zone):%d/%m/%Y %H:%M}" for moment in moments)


class WhenForm(forms.Form):
    """A start and an end in days and times, as people say them."""

    first_day = forms.DateField(label=_("Jour du début"), widget=DateInput)
    first_time = forms.TimeField(label=_("Heure"), widget=TimeInput, required=False)
    last_day = forms.DateField(
        label=_("Jour de la fin"), widget=DateInput, required=False, help_text=_("Vide : le même jour.")
    )
    last_time = forms.TimeField(label=_("Heure de fin"), widget=TimeInput, required=False)

    def read_when(self, cleaned: dict[str, Any], zone: ZoneInfo, *, all_day: bool) -> tuple[datetime, datetime] | None:
        """Start and end in UTC; None where a field is wrong, and then said beside it."""
        first = cleaned.get("first_day")
        if first is None:
            return None
        last = cleaned.get("last_day") or first
        if not (EARLIEST <= first.year <= LATEST and EARLIEST <= last.year <= LATEST):
            self.add_error("first_day", _("Cette année est trop loin."))
            return None
        if not all_day and cleaned.get("first_time") is None and "first_time" not in self.errors:
            self.add_error("first_time", _("À quelle heure ? Ou cochez « toute la journée »."))
        if self.errors.keys() & {"first_time", "last_time", "last_day"}:
            return None
        if all_day:
            start, end = _at(first, time.min, zone), _at(last + timedelta(days=1), time.min, zone)
        else:
            start = _at(first, cleaned["first_time"], zone)
            ends = cleaned.get("last_time")
            end = _at(last, ends or time(23, 59), zone) if ends or last > first else start + timedelta(hours=2)
        if last < first or end <= start or end - start > LONGEST:
            self.add_error("last_day", _("La fin vient après le début, un an plus tard au plus."))
            return None
        return start, end


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def when_of(row: Event | Occurrence, zone: ZoneInfo, *, all_day: bool) -> dict[str, Any]:
    """What the fields of `WhenForm` show of a row."""
    start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    last = end - timedelta(seconds=1) if all_day else end
    return {
        "first_day": start.date(), "first_time": start.time(), "last_day": last.date(), "last_time": end.time(),
    }  # fmt: skip


class EventForm(OnceMixin, WhenForm, forms.ModelForm):
    zone = forms.ChoiceField(
        label=_("Fuseau horaire"), choices=lambda: [(name, name) for name in sorted(zones())], widget=LongSelect,
        initial="Europe/Paris",
    )  # fmt: skip
    repeat = forms.ChoiceField(label=_("Se répète"), choices=Repeat, required=False)
    repeat_until = forms.DateField(label=_("Jusqu'au"), widget=DateInput, required=False)
    repeat_count = forms.IntegerField(label=_("Ou nombre de fois"), min_value=1, max_value=MOST_DATES, required=False)
    other_dates = DatesField(
        label=_("Autres dates"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une par ligne : 24/11/2027 18:30. Pour une formation en plusieurs séances, par exemple."),
    )  # fmt: skip
    without_dates = DatesField(
        label=_("Sauf"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une date par ligne : vacances, jours fériés."),
    )  # fmt: skip
    with_actors = ActorsField(
        label=_("Avec"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Des acteurs du réseau, un par ligne : leur nom exact, ou l'adresse de leur page."),
    )  # fmt: skip
    themes = ThemeField()
    languages = forms.MultipleChoiceField(
        label=_("Langues"), choices=Language, required=False, widget=forms.CheckboxSelectMultiple
    )
    audiences = forms.MultipleChoiceField(
        label=_("Pour qui"), choices=Audience, required=False, widget=forms.CheckboxSelectMultiple
    )
    access = forms.MultipleChoiceField(
        label=_("Accessibilité du lieu"), choices=Access, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez ce dont vous êtes sûr."),
    )  # fmt: skip
    online_url = forms.URLField(
        label=_("Lien de connexion"), required=False, assume_scheme="https",
        help_text=_("Montré aux seules personnes inscrites."),
    )  # fmt: skip
    booking_url = forms.URLField(label=_("Adresse de l'inscription"), required=False, assume_scheme="https")
    booking_last_day = forms.DateField(label=_("Inscription jusqu'au"), widget=DateInput, required=False)
    latitude = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, required=False, help_text=_("Par exemple : 46.194"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, required=False, help_text=_("Par exemple : 6.237"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip

    class Meta:
        model = Event
        fields = [
            "organiser", "project", "title", "kind", "summary", "description", "image", "image_alt", "image_credit",
            "is_all_day", "zone", "place", "address", "postcode", "city", "country", "latitude", "longitude",
            "online_url", "themes", "languages", "audiences", "access", "price", "prerequisites", "booking",
            "booking_url", "capacity",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "description": forms.Textarea(attrs={"rows": 6}),
                   "prerequisites": forms.Textarea(attrs={"rows": 2})}  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisers = Actor.objects.writable_by(user)
        self._choose(organisers)
        if self.instance.pk:
            self._show_dates()
        who = [name for name in ("organiser", "project") if name in self.fields]
        self.helper = plain_helper(
            Fieldset(_("Ce qui aura lieu"), "form_key", *who, "title", "kind", "summary"),
            Fieldset(
                _("Quand"),
                Row(Column("first_day", css_class="col-md-4"), Column("first_time", css_class="col-md-2"),
                    Column("last_day", css_class="col-md-4"), Column("last_time", css_class="col-md-2")),
                "is_all_day",
                Row(Column("repeat", css_class="col-md-6"), Column("repeat_until", css_class="col-md-3"),
                    Column("repeat_count", css_class="col-md-3")),
                Row(Column("other_dates", css_class="col-md-6"), Column("without_dates", css_class="col-md-6")),
                "zone",
            ),
            Fieldset(
                _("Où"), "place", "address",
                Row(Column("postcode", css_class="col-md-3"), Column("city", css_class="col-md-5"),
                    Column("country", css_class="col-md-4")),
                HTML("{% include 'events/_position_help.html' %}"),
                Row(Column("latitude", css_class="col-md-6"), Column("longitude", css_class="col-md-6")),
                "access", "online_url",
            ),
            Fieldset(
                _("Venir"), "price",
                Row(Column("booking", css_class="col-md-6"), Column("capacity", css_class="col-md-3"),
                    Column("booking_last_day", css_class="col-md-3")),
                "booking_url", "audiences", "languages", "prerequisites",
            ),
            Fieldset(
                _("Pour en dire plus (facultatif)"),
                "description", HTML("{% include 'components/markdown_help.html' %}"),
                "image", "image_alt", "image_credit", "with_actors", "themes",
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("zone") in zones():
            self._read_dates(cleaned, ZoneInfo(cleaned["zone"]))
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Donnez les deux nombres, ou aucun."))
        if cleaned.get("image") and not cleaned.get("image_alt"):
            self.add_error("image_alt", _("Décrivez l'image pour qui ne la voit pas."))
        if cleaned.get("booking") == Booking.ELSEWHERE and not cleaned.get("booking_url"):
            self.add_error("booking_url", _("À quelle adresse s'inscrit-on ?"))
        return cleaned

    def _post_clean(self) -> None:
        """The model's own checks need what was read of several fields."""
        for name in ("starts_at", "ends_at", "rule", "added_dates", "left_out_dates", "booking_until"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        chosen = self.cleaned_data.get("latitude") is not None and self.cleaned_data.get("longitude") is not None
        self.instance.position_is_chosen = chosen
        super()._post_clean()  # type: ignore[misc]

    def _choose(self, organisers: Any) -> None:
        organiser, project = self.fields["organiser"], self.fields["project"]
        assert isinstance(organiser, forms.ModelChoiceField)
        assert isinstance(project, forms.ModelChoiceField)
        organiser.queryset, organiser.empty_label = organisers, None
        project.queryset = Project.objects.public().filter(lead__in=organisers)
        if self.instance.pk:
            del self.fields["organiser"]
            project.queryset = Project.objects.public().filter(lead=self.instance.organiser_id)
        elif len(own := list(organisers[:2])) == 1:
            self.initial["organiser"], organiser.widget = own[0], forms.HiddenInput()
        if not project.queryset.exists():
            del self.fields["project"]

    def _show_dates(self) -> None:
        event = self.instance
        until = _until(event.rule, event.tz)
        repeat = repeat_of(event.rule)
        if repeat is None:
            kept = (KEPT, _("Comme aujourd'hui (%(rule)s)") % {"rule": event.rule})
            self.fields["repeat"].choices = [*Repeat.choices, kept]  # type: ignore[attr-defined]
        self.initial = {
            **self.initial,
            **when_of(event, event.tz, all_day=event.is_all_day),
            "repeat": KEPT if repeat is None else repeat,
            "repeat_until": until,
            "repeat_count": _count(event.rule),
            "other_dates": as_lines(event.added_dates, event.tz),
            "without_dates": as_lines(event.left_out_dates, event.tz),
            "with_actors": "\n".join(event.co_organisers.order_by("name_key").values_list("slug", flat=True)),
            "booking_last_day": event.booking_until.astimezone(event.tz).date() if event.booking_until else None,
        }
        if not event.position_is_chosen:
            self.initial = {**self.initial, "latitude": None, "longitude": None}

    def _read_dates(self, cleaned: dict[str, Any], zone: ZoneInfo) -> None:
        when = self.read_when(cleaned, zone, all_day=bool(cleaned.get("is_all_day")))
        if when is None or self.errors.keys() & {
            "repeat",
            "repeat_until",
            "repeat_count",
            "other_dates",
            "without_dates",
        }:
            return
        start = when[0].astimezone(zone)
        rule = self.instance.rule if cleaned.get("repeat") == KEPT else self._rule(cleaned, start, zone)
        last = cleaned.get("booking_last_day")
        cleaned |= {
            "starts_at": when[0], "ends_at": when[1], "rule": rule,
            "added_dates": [_at(day, hour or start.time(), zone) for day, hour in cleaned["other_dates"]],
            "left_out_dates": [_at(day, hour or start.time(), zone) for day, hour in cleaned["without_dates"]],
            "booking_until": _at(last + timedelta(days=1), time.min, zone) - timedelta(seconds=1) if last else None,
        }  # fmt: skip
        if not dates(
            when[0], str(zone), rule, added=cleaned["added_dates"], left_out=cleaned["left_out_dates"]
        ):  # fmt: skip
            self.add_error("without_dates", _("Il ne reste aucune date."))

    def _rule(self, cleaned: dict[str, Any], start: datetime, zone: ZoneInfo) -> str:
        repeat, until, count = cleaned.get("repeat") or "", cleaned.get("repeat_until"), cleaned.get("repeat_count")
        if not repeat:
            return ""
        if until and until < start.date():
            self.add_error("repeat_until", _("Cette date vient avant le début."))
            return ""
        if until and count:
            self.add_error("repeat_count", _("Une date de fin ou un nombre de fois, pas les deux."))
            return ""
        last = datetime.combine(until, time.max, tzinfo=zone).replace(microsecond=0) if until else None
        rule = rule_of(repeat, start, until=last, count=count)
        if has_no_end(rule):
            self.add_error("repeat_until", _("Jusqu'à quand ? Ou combien de fois ?"))
        return rule


def _until(rule: str, zone: ZoneInfo) -> date | None:
    found = next((part[6:] for part in rule.split(";") if part.startswith("UNTIL=")), "")
    if found.endswith("Z"):
        return datetime.strptime(found, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone).date()
    return datetime.strptime(found[:8], "%Y%m%d").replace(tzinfo=UTC).date() if found else None


def _count(rule: str) -> int | None:
    return next((int(part[6:]) for part in rule.split(";") if part.startswith("COUNT=")), None)


class OccurrenceForm(WhenForm):
    note = forms.CharField(
        label=_("À savoir pour cette date"), max_length=300, required=False,
        help_text=_("Autre salle, autre intervenant… Les personnes inscrites le recevront."),
    )  # fmt: skip

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        self.occurrence, event = occurrence, occurrence.event
        shown = {**when_of(occurrence, event.tz, all_day=event.is_all_day), "note": occurrence.note}
        super().__init__(*args, **{"initial": shown, **kwargs})
        times = [] if event.is_all_day else ["first_time", "last_time"]
        for name in {"first_time", "last_time"} - set(times):
            del self.fields[name]
        self.helper = plain_helper(*(name for name in self.fields))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        event = self.occurrence.event
        self.when = self.read_when(cleaned, event.tz, all_day=event.is_all_day)
        return cleaned


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Ce que liront les personnes inscrites"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pourquoi, et ce qu'elles peuvent faire."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("because")
