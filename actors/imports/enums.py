"""Codes of an import's steps, of what becomes of a line, and of what may be chosen for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    MAPPING = "mapping", _("colonnes à vérifier")
    CHECKING = "checking", _("vérification en cours")
    REVIEW = "review", _("lignes à relire")
    WRITING = "writing", _("import en cours")
    DONE = "done", _("terminé")
    ABANDONED = "abandoned", _("abandonné")


class LineState(models.TextChoices):
    NEW = "new", _("à vérifier")
    CHECKED = "checked", _("vérifiée")
    CREATED = "created", _("acteur créé")
    COMPLETED = "completed", _("acteur complété")
    SKIPPED = "skipped", _("ignorée")
    REFUSED = "refused", _("refusée : à corriger")
    FAILED = "failed", _("non écrite")


class Decision(models.TextChoices):
    CREATE = "create", _("Créer")
    COMPLETE = "complete", _("Compléter")
    SKIP = "skip", _("Ignorer")


# Where people still choose; where the worker has something to do.
OPEN = (RunState.MAPPING, RunState.CHECKING, RunState.REVIEW)
WORKING = (RunState.CHECKING, RunState.WRITING)
