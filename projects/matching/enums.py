from django.db import models
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    """How sure the engine is, in words: never a percentage."""

    STRONG = "strong", _("fort")
    GOOD = "good", _("bon")
    EXPLORE = "explore", _("à explorer")


class RefusalReason(models.TextChoices):
    NOT_OUR_SKILL = "not_our_skill", _("Ce n'est pas notre compétence")
    NO_TIME = "no_time", _("Pas le temps en ce moment")
    PLACE = "place", _("Trop loin, ou pas notre territoire")
    MODE = "mode", _("La modalité ne nous convient pas")
    ALREADY_BUSY = "already_busy", _("Déjà engagés ailleurs")
    OTHER = "other", _("Autre raison")


class Subject(models.TextChoices):
    NEED = "need", _("besoin")
    ACTOR = "actor", _("acteur")
    AGAIN = "again", _("besoin, par le nouveau moteur")
    READ = "read", _("offres et besoins, à relire")


class Reader(models.TextChoices):
    """For whom a match is explained: what one project's need says of another stays with who may know it."""

    PROJECT = "project", _("le projet")
    ACTOR = "actor", _("l'acteur")
    ANIMATOR = "animator", _("l'animation")


class Channel(models.TextChoices):
    """How somebody is asked to give."""

    PROPOSAL = "proposal", _("proposition de CoExist")
    QUESTION = "question", _("demande d'un projet")
    REMINDER = "reminder", _("rappel")
    SUPPORT = "support", _("demande d'accompagnement")
