from django.db import models
from django.utils.translation import gettext_lazy as _


class Layout(models.TextChoices):
    A4 = "a4", _("A4")
    A5 = "a5", _("Livret A5")


class Order(models.TextChoices):
    TOWN = "town", _("Par commune, puis par jour")
    DAY = "day", _("Par jour, puis par commune")


class PrintState(models.TextChoices):
    WAITING = "waiting", _("en attente")
    MAKING = "making", _("en cours")
    DONE = "done", _("prêt")
    FAILED = "failed", _("échoué")
