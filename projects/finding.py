"""How projects and needs are found by the search over everything."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.enums import OfferKind
from coexist.common.finding.findable import Findable, Told, register_findable
from coexist.common.labels import label_of

from .enums import Stage
from .models import Need, Project


def project_told(row: Mapping[str, Any]) -> Told:
    return Told(reverse("project-detail", args=[row["slug"]]), [label_of(Stage, row["stage"]), row["lead__name"]])


def need_told(row: Mapping[str, Any]) -> Told:
    facts = [label_of(OfferKind, row["kind"]), row["project__lead__name"]]
    return Told(reverse("need-detail", args=[row["pk"]]), facts)


register_findable(
    Findable(
        code="besoins", name=_("Besoin"), label=_("Besoins"), list_label=_("la liste des besoins"),
        list_name="need-list",
        rows=lambda user: Need.objects.open(),
        told=need_told,
        texts=("detail",),
        columns=("kind", "project__lead__name"),
        has_meaning=True,
        lesser=lambda: Q(is_stale=True),
    )
)  # fmt: skip
register_findable(
    Findable(
        code="projets", name=_("Projet"), label=_("Projets"), list_label=_("la liste des projets"),
        list_name="project-list",
        rows=lambda user: Project.objects.public(),
        told=project_told,
        columns=("slug", "stage", "lead__name"),
    )
)  # fmt: skip
