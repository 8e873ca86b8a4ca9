from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """Where somebody searched."""

    EVERYTHING = "everything", _("Acteurs et besoins")
    ACTORS = "actors", _("Acteurs")
    NEEDS = "needs", _("Besoins")
