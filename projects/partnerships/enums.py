from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    ACTOR = "actor", _("l'acteur")
    PROJECT = "project", _("le projet")


class IntroductionState(models.TextChoices):
    PROPOSED = "proposed", _("en attente de réponse")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    WITHDRAWN = "withdrawn", _("retirée")
    CLOSED = "closed", _("terminée")
