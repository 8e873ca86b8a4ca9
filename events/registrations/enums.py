from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    UNVERIFIED = "unverified", _("adresse à confirmer")
    REGISTERED = "registered", _("inscription confirmée")
    OFFERED = "offered", _("place proposée, à confirmer")
    WAITING = "waiting", _("en liste d'attente")
    CANCELLED = "cancelled", _("annulée")
    LAPSED = "lapsed", _("place proposée, non confirmée à temps")


HOLDING = (State.REGISTERED, State.OFFERED)  # each has a place on each of its dates
LIVE = (*HOLDING, State.WAITING)
