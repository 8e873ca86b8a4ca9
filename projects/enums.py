from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    IDEA = "idea", _("Idée")
    LOOKING_FOR_PARTNERS = "looking_for_partners", _("Recherche de partenaires")
    UNDER_WAY = "under_way", _("En cours")
    DONE = "done", _("Terminé")


class ProjectState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("en attente de la validation de l'acteur")
    PUBLISHED = "published", _("publié")
    CLOSED = "closed", _("clos")
    ARCHIVED = "archived", _("archivé")


class NeedState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("en attente de la validation de l'acteur")
    PUBLISHED = "published", _("ouvert")
    FILLED = "filled", _("pourvu")
    CLOSED = "closed", _("clos")
