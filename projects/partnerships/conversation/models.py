"""Messages with their files, how far each person has read, and who did what when."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coexist.common.uploads.shelves import file_url

from ..enums import Side
from .enums import Step
from .querysets import AttachmentQuerySet, MessageQuerySet

FOLDER = "echanges"


def stored_as(attachment: Any, name: str) -> str:
    """A name of chance: what the file is called stands in its row only."""
    return f"{FOLDER}/{uuid4().hex}.{name.rpartition('.')[2].lower()}"


class Message(models.Model):
    introduction = models.ForeignKey(
        "partnerships.Introduction", models.CASCADE, related_name="messages", verbose_name=_("mise en relation")
    )
    side = models.CharField(_("au nom de"), max_length=8, choices=Side)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("écrit par")
    )
    text = models.TextField(_("message"), max_length=4000, blank=True)
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, editable=False)
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message d'un échange")
        verbose_name_plural = _("messages des échanges")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.introduction} · {self.created_at:%d/%m/%Y %H:%M}"


class Attachment(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("message"))
    file = models.FileField(_("fichier"), upload_to=stored_as, max_length=100)
    name = models.CharField(_("nom du fichier"), max_length=120)
    size = models.PositiveIntegerField(_("taille"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return file_url(self.file.name)


class ThreadReader(models.Model):
    """How far one person has read one thread, and whether a mail about it is due."""

    introduction = models.ForeignKey(
        "partnerships.Introduction", models.CASCADE, related_name="readers", verbose_name=_("mise en relation")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("personne"))
    # A key and no link: messages are written in order of their keys (services.say), and may be forgotten.
    read_to = models.BigIntegerField(_("dernier message lu"), default=0)
    waits = models.BooleanField(_("un e-mail attend"), default=False)
    mailed_at = models.DateTimeField(_("dernier e-mail le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lecture d'un échange")
        verbose_name_plural = _("lectures des échanges")
        constraints = [models.UniqueConstraint(fields=["introduction", "person"], name="one_reading_per_thread")]
        indexes = [models.Index(fields=["mailed_at"], name="thread_mail_due", condition=models.Q(waits=True))]

    def __str__(self) -> str:
        return f"{self.introduction} · {self.person}"


class IntroductionStep(models.Model):
    """One line of the history; nobody changes it."""

    introduction = models.ForeignKey(
        "partnerships.Introduction", models.CASCADE, related_name="steps", verbose_name=_("mise en relation")
    )
    what = models.CharField(_("quoi"), max_length=10, choices=Step)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    why = models.TextField(_("raison"), max_length=1000, blank=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("étape d'une mise en relation")
        verbose_name_plural = _("étapes des mises en relation")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.introduction} · {self.get_what_display()}"
