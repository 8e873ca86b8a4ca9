"""An event, and the dates on which it takes place."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from actors.enums import Language
from actors.models import Actor, derived_array, language_array, person_key, theme_array
from coexist.common.history import History
from coexist.common.labels import label_of
from coexist.common.search import search_vector
from coexist.common.uploads.fields import CleanImageField
from coexist.common.uploads.shelves import file_url
from projects.models import Project

from .days import last_day
from .enums import Access, Audience, Booking, EventKind, EventState
from .querysets import PUBLIC_EVENTS, EventQuerySet, OccurrenceQuerySet


def _codes(label: Any, choices: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=choices), verbose_name=label, default=list, blank=True)


class Event(models.Model):
    """What is announced; `Occurrence` holds each of its dates.

    Times are kept in UTC; `zone` is the one people read them in, and the one a repetition counts in. An all-day
    event starts and ends at midnight of its zone, its end being the first moment after its last day.
    """

    organiser = models.ForeignKey(Actor, models.CASCADE, related_name="events", verbose_name=_("organisé par"))
    co_organisers = models.ManyToManyField(
        Actor, blank=True, related_name="co_organised_events", verbose_name=_("avec")
    )
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("projet")
    )
    title = models.CharField(_("titre"), max_length=150)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    kind = models.CharField(_("type"), max_length=12, choices=EventKind, default=EventKind.MEETING)
    state = models.CharField(_("état"), max_length=10, choices=EventState, default=EventState.DRAFT)
    summary = models.CharField(
        _("en une ou deux phrases"), max_length=280, blank=True, help_text=_("Ce qu'on y fera, pour qui.")
    )
    description = models.TextField(_("présentation"), max_length=6000, blank=True)
    image = CleanImageField(_("image"), upload_to="evenements/", blank=True)
    image_alt = models.CharField(_("ce que montre l'image"), max_length=200, blank=True)
    image_credit = models.CharField(_("crédit de l'image"), max_length=120, blank=True)
    # When
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    zone = models.CharField(_("fuseau horaire"), max_length=40, default="Europe/Paris")
    is_all_day = models.BooleanField(_("toute la journée"), default=False)
    rule = models.CharField(_("répétition"), max_length=300, blank=True, help_text=_("RRULE (RFC 5545)"))
    added_dates = ArrayField(models.DateTimeField(), verbose_name=_("autres dates"), default=list, blank=True)
    left_out_dates = ArrayField(models.DateTimeField(), verbose_name=_("dates exclues"), default=list, blank=True)
    # Where
    place = models.CharField(_("lieu"), max_length=120, blank=True, help_text=_("Le nom de la salle ou du site."))
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    country = CountryField(verbose_name=_("pays"), default="FR")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    position_is_chosen = models.BooleanField(_("position choisie"), default=False)
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    online_url = models.URLField(
        _("lien de connexion"), blank=True, help_text=_("Montré aux seules personnes inscrites.")
    )
    # For whom, how
    themes = theme_array()
    languages = language_array()
    audiences = _codes(_("public"), Audience)
    access = _codes(_("accessibilité du lieu"), Access)
    price = models.CharField(_("tarif"), max_length=80, blank=True, help_text=_("Vide : gratuit."))
    prerequisites = models.TextField(
        _("prérequis"), max_length=1000, blank=True, help_text=_("Pour une formation : ce qu'il faut savoir avant.")
    )
    booking = models.CharField(_("inscription"), max_length=10, choices=Booking, default=Booking.NONE)
    booking_url = models.URLField(_("adresse de l'inscription"), blank=True)
    booking_until = models.DateTimeField(_("inscription jusqu'au"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("nombre de places"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Par date. Vide : pas de limite."),
    )  # fmt: skip
    # For calendars
    uid = models.CharField(_("identifiant iCalendar"), max_length=255, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_by = person_key(_("créé par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    cancelled_because = models.CharField(_("annulé parce que"), max_length=300, blank=True)
    title_key = models.GeneratedField(
        expression=Func(F("title"), function="coexist_plain"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=search_vector(title="A", summary="B", place="C", city="C", description="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EventQuerySet.as_manager()
    history = History(
        _("historique des événements"), leave_out=("search", "reach", "title_key", "form_key", "updated_at")
    )

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ["starts_at", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="event_search"),
            GinIndex(OpClass(F("title_key"), name="gin_trgm_ops"), name="event_title_trigrams"),
            GinIndex(fields=["themes"], name="event_themes"),
            GinIndex(fields=["reach"], name="event_reach"),
            models.Index(fields=["state", "kind"], name="event_state_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="event_ends_after_its_start",
                violation_error_message=_("La fin ne peut pas être avant le début."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.uid:
            self.uid = f"{uuid4()}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("event-detail", args=[self.slug])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(EventKind, self.kind)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def duration(self) -> timedelta:
        """As its zone's calendar counts it for all-day events, in hours that pass for others."""
        if self.is_all_day:
            first, last = self.starts_at.astimezone(self.tz), self.ends_at.astimezone(self.tz)
            return last.replace(tzinfo=None) - first.replace(tzinfo=None)
        return self.ends_at - self.starts_at

    @property
    def is_public(self) -> bool:
        """As EventQuerySet.public() has it, for one event whose organiser is at hand."""
        return self.state in PUBLIC_EVENTS and self.organiser.is_approved

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED

    @property
    def is_online(self) -> bool:
        return bool(self.online_url)

    @property
    def image_url(self) -> str:
        return file_url(self.image.name)

    @property
    def language_names(self) -> list[str]:
        return [label_of(Language, code) for code in self.languages]

    @property
    def audience_names(self) -> list[str]:
        return [label_of(Audience, code) for code in self.audiences]

    @property
    def access_names(self) -> list[str]:
        return [label_of(Access, code) for code in self.access]


class Occurrence(models.Model):
    """One date of an event. Derived from it (occurrences.py), but for what was said of this date alone."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences", verbose_name=_("événement"))
    planned_at = models.DateTimeField(
        _("prévu le"), help_text=_("Début selon l'événement : ce qui désigne cette date, même déplacée.")
    )
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    is_cancelled = models.BooleanField(_("annulé"), default=False)
    note = models.CharField(
        _("à savoir pour cette date"), max_length=300, blank=True, help_text=_("Autre salle, autre intervenant…")
    )
    is_moved = models.BooleanField(_("déplacé"), default=False)
    taken = models.PositiveIntegerField(_("places prises"), default=0, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("date d'un événement")
        verbose_name_plural = _("dates des événements")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                # Checked at the end: dates that move together may take each other's place.
                fields=["event", "planned_at"], name="one_occurrence_for_each_date",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["starts_at", "ends_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.event} ({timezone.localtime(self.starts_at):%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return f"{self.event.get_absolute_url()}?{self.name_in_address}"

    @property
    def name_in_address(self) -> str:
        return f"date={self.planned_at:%Y%m%dT%H%MZ}"

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(self.event.tz)

    @property
    def local_end(self) -> datetime:
        """The last moment that people count as part of it: of an all-day event, its last day."""
        end = self.ends_at.astimezone(self.event.tz)
        return end - timedelta(seconds=1) if self.event.is_all_day and end > self.local_start else end

    @property
    def first_day(self) -> date:
        return self.local_start.date()

    @property
    def last_day(self) -> date:
        return last_day(self.local_start, self.local_end)

    @property
    def is_off(self) -> bool:
        return self.is_cancelled or self.event.is_cancelled

    @property
    def is_past(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def places_left(self) -> int | None:
        """None where there is no limit."""
        return None if self.event.capacity is None else max(0, self.event.capacity - self.taken)
