from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What happened to an introduction."""

    ASKED = "asked", _("demande envoyée")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    WITHDRAWN = "withdrawn", _("retirée : le besoin a pris fin")
    MERGED = "merged", _("réunie avec une autre : les acteurs n'en font plus qu'un")
    CLOSED = "closed", _("échange terminé")
    HELP_ASKED = "help_asked", _("ouverte à l'équipe d'animation")
    HELP_ENDED = "help_ended", _("refermée à l'équipe d'animation")
