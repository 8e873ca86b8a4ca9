"""Who may see which kept search: the person who keeps it, and nobody else."""

from typing import Any

from django.db import models
from django.utils import timezone


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "SavedSearchQuerySet":
        return self.filter(person=user) if user.is_authenticated else self.none()

    def due(self) -> "SavedSearchQuerySet":
        """Those to look at now; a closed account waits for nothing."""
        return self.filter(due_at__lte=timezone.now(), person__is_active=True)
