"""Columns that actors, offers, projects and needs have in common."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coexist.common.themes import Theme

from ..enums import Language, Mode


def person_key(label: Any, related_name: str = "+") -> models.ForeignKey:
    """Somebody who did something here; what was done outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=related_name, verbose_name=label
    )


def theme_array() -> ArrayField:
    """Themes (SDG numbers) kept as an array: one row, one index, no join."""
    number = models.PositiveSmallIntegerField(choices=Theme, validators=[MinValueValidator(1), MaxValueValidator(17)])
    return ArrayField(number, verbose_name=_("thèmes (ODD)"), default=list, blank=True)


def territory_array() -> ArrayField:
    return ArrayField(models.CharField(max_length=6), verbose_name=_("territoires"), default=list, blank=True)


def language_array() -> ArrayField:
    code = models.CharField(max_length=3, choices=Language)
    return ArrayField(code, verbose_name=_("langues de travail"), default=list, blank=True)


def mode_array(verbose_name: Any) -> ArrayField:
    code = models.CharField(max_length=20, choices=Mode)
    return ArrayField(code, verbose_name=verbose_name, default=list, blank=True)


def derived_array(verbose_name: Any, element: models.Field) -> ArrayField:
    """What the software works out from other rows, so that a facet counts without a join."""
    return ArrayField(element, verbose_name=verbose_name, default=list, blank=True, editable=False)
