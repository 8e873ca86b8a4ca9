from django.db import models
from django.utils.translation import gettext_lazy as _


class Digest(models.TextChoices):
    """How often somebody wants alerts; answers in one's own exchanges always come at once."""

    IMMEDIATE = "immediate", _("Tout de suite")
    DAILY = "daily", _("Une fois par jour")
    WEEKLY = "weekly", _("Une fois par semaine")
    NEVER = "never", _("Jamais")


class MailState(models.TextChoices):
    QUEUED = "queued", _("à envoyer")
    HELD = "held", _("gardé pour le récapitulatif")
    MERGED = "merged", _("envoyé dans un récapitulatif")
    SENT = "sent", _("envoyé")
    CANCELLED = "cancelled", _("annulé")
    FAILED = "failed", _("en échec")
