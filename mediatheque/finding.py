"""How resources are found by the search over everything."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coexist.common.finding.findable import Findable, Told, register_findable
from coexist.common.labels import label_of

from .enums import ResourceKind
from .models import Resource


def told(row: Mapping[str, Any]) -> Told:
    facts = [label_of(ResourceKind, row["kind"]), str(row["year"]), row["publisher__name"]]
    return Told(reverse("resource-detail", args=[row["slug"]]), facts)


register_findable(
    Findable(
        code="ressources", name=_("Ressource"), label=_("Ressources"), list_label=_("la médiathèque"),
        list_name="resource-list",
        rows=lambda user: Resource.objects.public(),
        told=told,
        columns=("slug", "kind", "year", "publisher__name"),
        has_meaning=True,
    )
)  # fmt: skip
