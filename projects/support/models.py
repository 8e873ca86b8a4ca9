"""A request for help and what is kept of it; the kinds of support that actors offer."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from projects.following.models import Partnership
from projects.models import Project

from .enums import Meeting, OfferState, SupportKind
from .querysets import ExpertOfferQuerySet, SupportQuerySet
from .sentences import told
from .states import ENDED, OPEN, Side, SupportState


def person(label: Any, related_name: str = "+") -> models.ForeignKey:
    """Somebody who did something here; what was done outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=related_name, verbose_name=label
    )


class ExpertOffer(models.Model):
    """A kind of support that an actor says it offers; public once an animator confirmed it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="expert_offers", verbose_name=_("acteur"))
    kind = models.CharField(_("accompagnement"), max_length=15, choices=SupportKind)
    sentence = models.CharField(_("en une phrase"), max_length=280)
    state = models.CharField(_("état"), max_length=10, choices=OfferState, default=OfferState.WAITING)
    why = models.CharField(_("pourquoi (lu par l'acteur)"), max_length=300, blank=True)
    decided_by = person(_("décidé par"))
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    changed_at = models.DateTimeField(_("écrit le"), default=timezone.now)

    objects = ExpertOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("accompagnement proposé")
        verbose_name_plural = _("accompagnements proposés")
        ordering = ["actor", "kind"]
        constraints = [models.UniqueConstraint(fields=["actor", "kind"], name="one_expert_offer_for_each_kind")]
        indexes = [models.Index(fields=["state", "changed_at"])]

    def __str__(self) -> str:
        return f"{self.actor} : {self.get_kind_display()}"


class SupportRequest(models.Model):
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="support_asked", verbose_name=_("demandé par"))
    kind = models.CharField(_("accompagnement"), max_length=15, choices=SupportKind)
    title = models.CharField(_("titre"), max_length=150)
    expected = models.TextField(_("ce qui est attendu"), max_length=4000)
    by_date = models.DateField(_("souhaité pour le"), null=True, blank=True)
    meeting = models.CharField(_("se rencontrer"), max_length=10, choices=Meeting, default=Meeting.ANY)
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("projet concerné")
    )
    partnership = models.ForeignKey(
        Partnership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("partenariat concerné")
    )
    state = models.CharField(_("état"), max_length=10, choices=SupportState, default=SupportState.WAITING)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now)
    turn = models.PositiveIntegerField(_("nombre de décisions"), default=0, editable=False)
    expert = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="support_given", verbose_name=_("expert")
    )
    told_at = models.DateTimeField(
        _("tous les membres de l'expert prévenus le"), null=True, blank=True, editable=False,
        help_text=_("Vide : quelqu'un attend que sa semaine ait de la place."),
    )  # fmt: skip
    animator = person(_("suivie par (animation)"), "followed_support")
    next_step = models.CharField(_("prochaine étape"), max_length=250, blank=True)
    next_due = models.DateField(_("pour le"), null=True, blank=True)
    next_person = person(_("qui s'en charge"))
    done = models.TextField(_("ce qui a été fait"), max_length=4000, blank=True)
    done_on = models.DateField(_("terminé le"), null=True, blank=True)
    done_by = person(_("clos par"))
    comment = models.TextField(_("commentaire de qui a demandé"), max_length=2000, blank=True)
    reference = models.CharField(_("référence publique, en une phrase"), max_length=280, blank=True)
    asker_shows = models.BooleanField(_("qui a demandé accepte d'être cité"), default=False)
    expert_shows = models.BooleanField(_("l'expert montre la référence"), default=False)
    asked_by = person(_("écrite par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now)
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    is_overdue: bool  # of rows `with_overdue`

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d'accompagnement")
        verbose_name_plural = _("demandes d'accompagnement")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "state_since"]),
            models.Index(fields=["next_due"], condition=~Q(next_step=""), name="support_next_steps"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("support-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_shown(self) -> bool:
        return self.state == SupportState.CONFIRMED and self.asker_shows and self.expert_shows


class SupportChange(models.Model):
    """History: never changed, never deleted before its request."""

    support = models.ForeignKey(SupportRequest, models.CASCADE, related_name="changes", verbose_name=_("demande"))
    before = models.CharField(_("de"), max_length=10, choices=SupportState, blank=True)
    after = models.CharField(_("à"), max_length=10, choices=SupportState)
    side = models.CharField(_("décidé par"), max_length=10, choices=Side, blank=True)
    expert = models.ForeignKey(
        Actor, models.SET_NULL, null=True, related_name="support_changes", verbose_name=_("expert")
    )
    why = models.TextField(_("parce que"), max_length=1000, blank=True)
    by = person(_("par"))
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("décision sur une demande")
        verbose_name_plural = _("décisions sur des demandes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.support} : {self.get_after_display()}"

    @property
    def sentence(self) -> str:
        return told(self.before, self.after, self.side, self.expert)


class SupportNote(models.Model):
    support = models.ForeignKey(SupportRequest, models.CASCADE, related_name="notes", verbose_name=_("demande"))
    on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("note"), max_length=4000)
    side = models.CharField(_("de la part de"), max_length=10, choices=Side)
    by = person(_("par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    at = models.DateTimeField(_("écrite le"), auto_now_add=True)

    class Meta:
        verbose_name = _("note d'accompagnement")
        verbose_name_plural = _("notes d'accompagnement")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
