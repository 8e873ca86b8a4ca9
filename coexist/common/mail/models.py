from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import MailState
from .kinds import Group, MailKind, get_kind


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def due(self) -> "OutgoingEmailQuerySet":
        return self.filter(state=MailState.QUEUED, next_attempt_at__lte=timezone.now())


class OutgoingEmail(models.Model):
    """A mail, from the decision to write it to its delivery."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("destinataire")
    )
    address = models.EmailField(_("adresse"))
    kind_code = models.CharField(_("type"), max_length=40)
    dedupe_key = models.CharField(
        _("clé d'unicité"), max_length=200, unique=True, help_text=_("Deux messages n'ont jamais la même.")
    )
    refers_to = models.JSONField(
        _("se rapporte à"), default=dict, blank=True, help_text=_("Ce qui est vérifié juste avant l'envoi.")
    )
    language = models.CharField(_("langue"), max_length=5, default="fr")
    subject = models.CharField(_("objet"), max_length=250)
    body_text = models.TextField(_("texte"))
    body_html = models.TextField(_("HTML"))
    state = models.CharField(_("état"), max_length=12, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    error = models.CharField(_("dernière erreur"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("récapitulatif")
    )
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("message envoyé")
        verbose_name_plural = _("messages envoyés")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"]), models.Index(fields=["-created_at"])]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    @property
    def kind(self) -> MailKind:
        return get_kind(self.kind_code)

    @property
    def stops(self) -> str:
        """What one click on its link stops: its kind; without an account, all that nobody asked for; else nothing."""
        if self.kind.can_be_refused:
            return self.kind_code
        return EmailOptOut.EVERYTHING if self.recipient_id is None and self.kind.unasked else ""


class EmailOptOut(models.Model):
    """An address that asked for no more mails of a kind, or of any; it needs no account."""

    EVERYTHING = "*"  # instead of a kind: nothing but what its holder asks for

    address = models.EmailField(_("adresse"))
    kind_code = models.CharField(_("type"), max_length=40)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    class Meta:
        verbose_name = _("désabonnement")
        verbose_name_plural = _("désabonnements")
        constraints = [models.UniqueConstraint(fields=["address", "kind_code"], name="one_opt_out_per_kind")]

    def __str__(self) -> str:
        return f"{self.address} ({self.kind_code})"

    @classmethod
    def stands(cls, address: str, kind_code: str) -> bool:
        return cls.objects.filter(address=address.lower(), kind_code=kind_code).exists()

    @classmethod
    def refuse_all(cls, address: str) -> None:
        cls.objects.get_or_create(address=address.lower(), kind_code=cls.EVERYTHING)

    @classmethod
    def of_everything(cls, addresses: Iterable[str]) -> list[str]:
        """Those of `addresses` that are not to be written to at all."""
        lowered = [address.lower() for address in addresses]
        found = cls.objects.filter(kind_code=cls.EVERYTHING, address__in=lowered)
        return list(found.values_list("address", flat=True))

    @classmethod
    def silences(cls, address: str, recipient: Any, kind: MailKind) -> bool:
        """The address wanted no mail at all; who has an account since then, or writes to us, gets an answer."""
        by_itself = kind.unasked or kind.group not in (Group.ACCOUNT, Group.TRANSACTIONAL)
        return recipient is None and by_itself and cls.stands(address, cls.EVERYTHING)
