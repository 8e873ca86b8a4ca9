"""Who registered for what. Places are counted on the dates (`Occurrence.taken`), see places.py."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Event, Occurrence
from .enums import HOLDING, LIVE, State
from .querysets import RegistrationQuerySet, SeatQuerySet


class Registration(models.Model):
    """One person, for one date or for all of an event's; it needs no account.

    What is not verified has no seat yet. Erased ones stay to be counted, without anything that says who it was.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations", verbose_name=_("événement"))
    occurrence = models.ForeignKey(
        Occurrence, models.CASCADE, null=True, blank=True, related_name="registrations", verbose_name=_("date"),
        help_text=_("Vide : toutes les dates."),
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registrations",
        verbose_name=_("compte"),
    )  # fmt: skip
    name = models.CharField(_("nom"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    access_needs = models.CharField(_("besoins d'accessibilité"), max_length=300, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.UNVERIFIED)
    is_by_hand = models.BooleanField(_("ajoutée par l'organisateur"), default=False)
    created_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    queued_at = models.DateTimeField(_("dans l'ordre depuis le"), null=True, blank=True)
    confirm_before = models.DateTimeField(_("place à confirmer avant le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription à un événement")
        verbose_name_plural = _("inscriptions aux événements")
        ordering = ["queued_at", "pk"]
        indexes = [models.Index(fields=["event", "state", "queued_at"]), models.Index(fields=["email"])]

    def __str__(self) -> str:
        return f"{self.name or _('Personne effacée')} : {self.event}"

    @property
    def is_for_all(self) -> bool:
        return self.occurrence_id is None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def holds_places(self) -> bool:
        return self.state in HOLDING

    @property
    def is_registered(self) -> bool:
        return self.state == State.REGISTERED

    @property
    def offer_stands(self) -> bool:
        return self.state == State.OFFERED and self.confirm_before is not None and self.confirm_before > timezone.now()


class Seat(models.Model):
    """One registration on one date: taken, or waited for. `address` is empty once it is given back, or erased."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats", verbose_name=_("inscription"))
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="seats", verbose_name=_("date"))
    address = models.EmailField(_("adresse e-mail"), blank=True, editable=False)
    known_as = models.DateTimeField(
        _("désignée dans les agendas par"), null=True, blank=True, editable=False,
        help_text=_("RECURRENCE-ID que cette personne a reçu : il reste, même si toutes les dates sont décalées."),
    )  # fmt: skip
    came = models.BooleanField(_("présente"), default=False)
    reminded_at = models.DateTimeField(_("rappelée le"), null=True, blank=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["occurrence__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "occurrence"], name="one_seat_for_each_date"),
            models.UniqueConstraint(
                fields=["occurrence", "address"], condition=~Q(address=""), name="one_seat_for_an_address_and_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} : {self.occurrence}"


class Change(models.Model):
    """One change of an event, to be told to who comes: written with it, told by the worker (jobs.py)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+", verbose_name=_("événement"))
    sequence = models.PositiveIntegerField(_("version"))
    moved = ArrayField(models.BigIntegerField(), verbose_name=_("dates changées"), default=list)
    cancelled = ArrayField(models.BigIntegerField(), verbose_name=_("dates annulées"), default=list)
    at = models.DateTimeField(_("le"), default=timezone.now)
    told_at = models.DateTimeField(_("dit le"), null=True, blank=True)

    class Meta:
        verbose_name = _("changement à dire")
        verbose_name_plural = _("changements à dire")
        constraints = [models.UniqueConstraint(fields=["event", "sequence"], name="one_change_for_a_version")]

    def __str__(self) -> str:
        return f"{self.event} ({self.sequence})"

    def keys(self) -> list[Any]:
        return [*self.moved, *self.cancelled]


class PersonalCalendar(models.Model):
    """The private address at which a person's calendar reads what they registered for (own_calendar.py)."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_calendar", verbose_name=_("compte")
    )
    key = models.CharField(_("clé"), max_length=32, editable=False, help_text=_("Une autre clé : une autre adresse."))
    created_at = models.DateTimeField(_("depuis le"), default=timezone.now)

    class Meta:
        verbose_name = _("agenda personnel")
        verbose_name_plural = _("agendas personnels")

    def __str__(self) -> str:
        return str(self.person)
