from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    MEETING = "meeting", _("Rencontre")
    CONFERENCE = "conference", _("Conférence, débat")
    TRAINING = "training", _("Formation")
    WORKSHOP = "workshop", _("Atelier")
    EXHIBITION = "exhibition", _("Exposition")
    SCREENING = "screening", _("Projection")
    SHOW = "show", _("Spectacle, concert")
    SCHOOL = "school", _("Activité scolaire")
    FESTIVAL = "festival", _("Festival, fête")
    MARKET = "market", _("Marché solidaire")
    OTHER = "other", _("Autre")


class EventState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("en attente de la validation de l'acteur")
    PUBLISHED = "published", _("publié")
    CANCELLED = "cancelled", _("annulé")


class Audience(models.TextChoices):
    ALL = "all", _("Tout public")
    FAMILIES = "families", _("Familles")
    YOUTH = "youth", _("Jeunes")
    SCHOOLS = "schools", _("Scolaires")
    STUDENTS = "students", _("Étudiants")
    ASSOCIATIONS = "associations", _("Associations")
    PROFESSIONALS = "professionals", _("Professionnels")
    ELECTED = "elected", _("Élus et agents")


class Access(models.TextChoices):
    """What makes a place accessible; only what the organiser has said."""

    WHEELCHAIR = "wheelchair", _("Accessible en fauteuil roulant")
    TOILETS = "toilets", _("Toilettes adaptées")
    PARKING = "parking", _("Stationnement réservé à proximité")
    HEARING_LOOP = "hearing_loop", _("Boucle magnétique")
    SIGN_LANGUAGE = "sign_language", _("Interprétation en langue des signes")
    AUDIO_DESCRIPTION = "audio_description", _("Audiodescription")
    EASY_TO_READ = "easy_to_read", _("Documents faciles à lire (FALC)")
    TRANSIT = "transit", _("Transports en commun à moins de 300 m")


class Booking(models.TextChoices):
    """What people register for."""

    NONE = "none", _("Entrée libre, sans inscription")
    EACH = "each", _("Inscription à chaque date")
    ALL = "all", _("Inscription à l'ensemble des dates")
    EITHER = "either", _("Inscription à une date ou à l'ensemble")
    ELSEWHERE = "elsewhere", _("Inscription ailleurs (lien)")


BOOKED_HERE = (Booking.EACH, Booking.ALL, Booking.EITHER)


class Repeat(models.TextChoices):
    """The rhythms that the form offers; an imported event may keep to any rule."""

    NEVER = "", _("Une seule fois")
    DAILY = "DAILY", _("Tous les jours")
    WEEKLY = "WEEKLY", _("Chaque semaine, le même jour")
    FORTNIGHTLY = "FORTNIGHTLY", _("Une semaine sur deux")
    MONTHLY_DAY = "MONTHLY_DAY", _("Chaque mois, à la même date")
    MONTHLY_WEEKDAY = "MONTHLY_WEEKDAY", _("Chaque mois, le même jour de la semaine (2e mardi…)")
    YEARLY = "YEARLY", _("Chaque année")
