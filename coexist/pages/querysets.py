"""Which partners are shown, which messages wait."""

from django.db import models

from .enums import WAITING


class PartnerQuerySet(models.QuerySet):
    def shown(self) -> "PartnerQuerySet":
        return self.filter(is_shown=True)


class ContactMessageQuerySet(models.QuerySet):
    """Read by animators only, in the administration."""

    def waiting(self) -> "ContactMessageQuerySet":
        return self.filter(state__in=WAITING)
