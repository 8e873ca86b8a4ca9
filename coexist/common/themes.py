"""The themes of the network: the 17 Sustainable Development Goals (UN resolution 70/1, 2015)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.IntegerChoices):
    NO_POVERTY = 1, _("Pas de pauvreté")
    ZERO_HUNGER = 2, _("Faim « zéro »")
    HEALTH = 3, _("Bonne santé et bien-être")
    EDUCATION = 4, _("Éducation de qualité")
    GENDER = 5, _("Égalité entre les sexes")
    WATER = 6, _("Eau propre et assainissement")
    ENERGY = 7, _("Énergie propre et d'un coût abordable")
    WORK = 8, _("Travail décent et croissance économique")
    INDUSTRY = 9, _("Industrie, innovation et infrastructure")
    INEQUALITIES = 10, _("Inégalités réduites")
    CITIES = 11, _("Villes et communautés durables")
    CONSUMPTION = 12, _("Consommation et production responsables")
    CLIMATE = 13, _("Lutte contre les changements climatiques")
    OCEANS = 14, _("Vie aquatique")
    LAND = 15, _("Vie terrestre")
    PEACE = 16, _("Paix, justice et institutions efficaces")
    PARTNERSHIPS = 17, _("Partenariats pour la réalisation des objectifs")
