"""Calendars of actors, and which event of theirs is which of ours."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, person_key
from events.models import Event

from .fields import LABELS
from .problems import Problem
from .querysets import CalendarSourceQuerySet, ImportedEventQuerySet


def nothing() -> dict:
    return {}


class CalendarSource(models.Model):
    """An address that is read each day, or a file that was read once. `due_at` alone says that there is work."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="calendars", verbose_name=_("acteur"))
    url = models.CharField(_("adresse du calendrier"), max_length=1000, blank=True)
    file_name = models.CharField(_("fichier"), max_length=200, blank=True)
    content = models.BinaryField(_("contenu du fichier"), null=True, blank=True, editable=False)
    name = models.CharField(_("nom du calendrier"), max_length=120, blank=True)
    is_active = models.BooleanField(_("relu chaque jour"), default=True)
    due_at = models.DateTimeField(_("à lire le"), null=True, blank=True)
    asked_at = models.DateTimeField(_("lecture demandée le"), default=timezone.now)
    tried_at = models.DateTimeField(_("essayé le"), null=True, blank=True)
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("échecs de suite"), default=0)
    error = models.JSONField(_("dernière erreur"), default=nothing, blank=True)
    problems = models.JSONField(_("ce qui n'a pas pu être lu"), default=list, blank=True)
    counts = models.JSONField(_("dernière lecture"), default=nothing, blank=True)
    etag = models.CharField(_("version selon le site"), max_length=200, blank=True)
    changed = models.CharField(_("date selon le site"), max_length=60, blank=True)
    created_by = person_key(_("donné par"))
    created_at = models.DateTimeField(_("donné le"), auto_now_add=True)

    objects = CalendarSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendrier importé")
        verbose_name_plural = _("calendriers importés")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "url"], condition=~Q(url=""), name="one_source_for_each_address_of_an_actor"
            ),
            models.UniqueConstraint(fields=["actor"], condition=Q(url=""), name="one_source_for_files_of_an_actor"),
        ]
        indexes = [models.Index(fields=["due_at"], name="calendar_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return self.name or self.file_name or self.url

    @property
    def is_file(self) -> bool:
        return not self.url

    @property
    def is_waiting(self) -> bool:
        """Nobody has read it yet since it was given, or asked for again."""
        return self.tried_at is None or self.asked_at > self.tried_at

    @property
    def failure(self) -> Problem | None:
        return Problem(**self.error) if self.error else None

    @property
    def problem_count(self) -> int:
        """As many as were found; the first of them are kept."""
        return self.counts.get("problems", len(self.problems))

    @property
    def found_wrong(self) -> list[Problem]:
        return [Problem(**one) for one in self.problems]


class ImportedEvent(models.Model):
    """An event of a calendar, by its UID (and RECURRENCE-ID, where it stands alone), and ours that was made of it.

    `values` is what the calendar said last: a field of ours that differs from it was changed here by hand. `written` is
    our event's version once we had written it: a higher one says that people were at work on it. Without an event, it
    is not to come again: people did not want it.
    """

    source = models.ForeignKey(CalendarSource, models.CASCADE, related_name="entries", verbose_name=_("calendrier"))
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, related_name="imported_as", verbose_name=_("événement")
    )
    uid = models.CharField(_("identifiant dans le calendrier"), max_length=500)
    of_date = models.CharField(_("date dans la série"), max_length=20, blank=True)
    sequence = models.PositiveIntegerField(_("version"), default=0)
    written = models.PositiveIntegerField(_("version de notre événement"), default=0)
    changed_at = models.DateTimeField(_("modifié là-bas le"), null=True, blank=True)
    digest = models.CharField(_("empreinte"), max_length=64, blank=True)
    values = models.JSONField(_("dernières valeurs"), default=nothing)
    conflicts = models.JSONField(_("changé des deux côtés"), default=nothing, blank=True)
    gone_at = models.DateTimeField(_("plus dans le calendrier depuis"), null=True, blank=True)

    objects = ImportedEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement importé")
        verbose_name_plural = _("événements importés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "uid", "of_date"], name="one_import_for_each_event_of_a_source")
        ]

    def __str__(self) -> str:
        return self.uid

    @property
    def conflict_names(self) -> list[Any]:
        return [LABELS[name] for name in self.conflicts]
