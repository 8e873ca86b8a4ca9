"""Searches that people keep, and what they were told of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.labels import label_of
from coexist.common.mail.enums import Digest
from projects.models import Need

from .enums import Place
from .queries import LONGEST, address_of
from .querysets import SavedSearchQuerySet

# Looked at again: a row is seen before its transaction ends, and its vector is made a little later.
OVERLAP = timedelta(hours=1)


class SavedSearch(models.Model):
    """A search under a name, and how often its person wants to hear what is new in it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("personne")
    )
    name = models.CharField(_("nom"), max_length=80)
    place = models.CharField(_("où"), max_length=12, choices=Place, default=Place.EVERYTHING)
    query = models.CharField(_("recherche"), max_length=LONGEST, blank=True, help_text=_("Comme dans l'adresse."))
    rhythm = models.CharField(_("me prévenir"), max_length=10, choices=Digest, default=Digest.DAILY)
    created_at = models.DateTimeField(_("gardée le"), auto_now_add=True)
    starts_at = models.DateTimeField(_("nouveautés à partir du"), default=timezone.now)
    looked_at = models.DateTimeField(_("regardée le"), default=timezone.now)
    due_at = models.DateTimeField(_("à regarder le"), null=True, blank=True)
    told_at = models.DateTimeField(_("dernière alerte"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche gardée")
        verbose_name_plural = _("recherches gardées")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["due_at"], name="saved_search_due")]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "query"], name="one_saved_search_per_query"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of its results."""
        return address_of(self.place, self.query)

    def get_rhythm_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Digest, self.rhythm)

    @property
    def place_choice(self) -> Place:
        return Place(self.place)

    @property
    def news_from(self) -> datetime:
        """What is older was there when the search was kept, or was looked at."""
        return max(self.starts_at, self.looked_at - OVERLAP)


class Told(models.Model):
    """A row that an alert of this search spoke of: it is never told again."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="told", verbose_name=_("recherche"))
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("acteur"))
    need = models.ForeignKey(Need, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("besoin"))
    told_at = models.DateTimeField(_("annoncé le"), default=timezone.now)

    class Meta:
        verbose_name = _("nouveauté annoncée")
        verbose_name_plural = _("nouveautés annoncées")
        constraints = [
            models.UniqueConstraint(
                fields=["search", "actor"], condition=Q(actor__isnull=False), name="an_actor_is_told_once"
            ),
            models.UniqueConstraint(
                fields=["search", "need"], condition=Q(need__isnull=False), name="a_need_is_told_once"
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=False, need__isnull=True) | Q(actor__isnull=True, need__isnull=False),
                name="told_of_one_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search} : {self.actor or self.need}"
