"""A partnership and what is kept of it: its actors, its stages, notes, documents, milestones."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, person_key
from coexist.common.uploads.shelves import file_url
from projects.models import Need
from projects.partnerships.models import Introduction

from .agreements.models import Agreement, AgreementTemplate, Signatory, TaxRule
from .querysets import OfPartnership, PartnershipQuerySet
from .stages import ENDED, PartnershipStage

__all__ = [
    "Agreement", "AgreementTemplate", "Document", "Milestone", "Note", "Partnership", "Party", "Signatory",
    "StageChange", "TaxRule",
]  # fmt: skip


class Partnership(models.Model):
    title = models.CharField(_("titre"), max_length=150)
    stage = models.CharField(_("étape"), max_length=12, choices=PartnershipStage, default=PartnershipStage.CONTACT)
    why = models.TextField(_("pourquoi il a été abandonné"), max_length=1000, blank=True)
    introduction = models.OneToOneField(
        Introduction, models.SET_NULL, null=True, blank=True, related_name="partnership",
        verbose_name=_("mise en relation"),
    )  # fmt: skip
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="partnerships", verbose_name=_("besoin")
    )
    actors = models.ManyToManyField(Actor, through="Party", related_name="partnerships", verbose_name=_("acteurs"))
    animator = person_key(_("suivi par (animation)"), "followed_partnerships")
    next_step = models.CharField(_("prochaine étape"), max_length=250, blank=True)
    next_due = models.DateField(_("pour le"), null=True, blank=True)
    next_person = person_key(_("qui s'en charge"), "next_steps")
    created_by = person_key(_("ouvert par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("ouvert le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)
    stage_since = models.DateTimeField(_("à cette étape depuis"), default=timezone.now)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partenariat")
        verbose_name_plural = _("partenariats")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["stage", "next_due"]),
            models.Index(fields=["next_due"], condition=~Q(next_step=""), name="partnership_next_steps"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnership-detail", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.stage in ENDED


class Party(models.Model):
    """An actor of a partnership, and who answers for it there."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="parties", verbose_name=_("partenariat"))
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="parties", verbose_name=_("acteur"))
    person = person_key(_("personne en charge"))

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        constraints = [models.UniqueConstraint(fields=["partnership", "actor"], name="one_party_for_each_actor")]

    def __str__(self) -> str:
        return str(self.actor)


class StageChange(models.Model):
    """History: never changed, never deleted before its partnership."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="changes", verbose_name=_("partenariat"))
    before = models.CharField(_("de"), max_length=12, choices=PartnershipStage, blank=True)
    after = models.CharField(_("à"), max_length=12, choices=PartnershipStage)
    why = models.TextField(_("parce que"), max_length=1000, blank=True)
    by = person_key(_("par"))
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("changement d'étape")
        verbose_name_plural = _("changements d'étape")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.partnership} : {self.get_after_display()}"


class Note(models.Model):
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="notes", verbose_name=_("partenariat"))
    on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("note"), max_length=4000)
    by = person_key(_("par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    at = models.DateTimeField(_("écrite le"), auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Document(models.Model):
    """A file for the parties and the animators, and nobody else (files.py)."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="documents", verbose_name=_("partenariat")
    )
    title = models.CharField(_("titre"), max_length=150)
    file = models.FileField(_("fichier"), upload_to="partenariats")
    by = person_key(_("déposé par"))
    at = models.DateTimeField(_("déposé le"), auto_now_add=True)

    objects = OfPartnership.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return file_url(self.file.name)


class Milestone(models.Model):
    """A point of the months of support."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="milestones", verbose_name=_("partenariat")
    )
    title = models.CharField(_("jalon"), max_length=150)
    due_on = models.DateField(_("prévu le"))
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    comment = models.TextField(_("commentaire"), max_length=2000, blank=True)
    by = person_key(_("modifié par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)

    objects = OfPartnership.as_manager()

    class Meta:
        verbose_name = _("jalon")
        verbose_name_plural = _("jalons")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()
