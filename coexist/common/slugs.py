"""Page addresses made of names."""

from django.db import models
from django.utils.text import slugify

RESERVED = {"nouveau", "nouvelle", "mes-ressources", "parcours", "prets"}  # pages of the site itself


def free_slug(model: type[models.Model], name: str) -> str:
    """An address that no row of `model` has, numbered where the name is taken."""
    base = slugify(name)[:70] or model._meta.model_name or "page"
    taken = RESERVED | set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)
