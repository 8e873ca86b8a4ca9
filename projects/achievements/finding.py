"""How achievements are found by the search over everything."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coexist.common.finding.findable import Findable, Told, register_findable

from .models import Achievement


def told(row: Mapping[str, Any]) -> Told:
    facts = [str(row["year"]), row["actor_names"]]
    return Told(reverse("achievement-detail", args=[row["slug"]]), [fact for fact in facts if fact])


register_findable(
    Findable(
        code="realisations", name=_("Réalisation"), label=_("Réalisations"), list_label=_("la liste des réalisations"),
        list_name="achievement-list",
        rows=lambda user: Achievement.objects.public(),
        told=told,
        texts=("summary", "done"),
        columns=("slug", "year", "actor_names"),
    )
)  # fmt: skip
