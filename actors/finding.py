"""How actors are found by the search over everything."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coexist.common.finding.findable import Findable, Parts, Told, register_findable
from coexist.common.labels import label_of

from .enums import ActorKind
from .models import Actor, Offer


def told(row: Mapping[str, Any]) -> Told:
    facts = [label_of(ActorKind, row["kind"]), row["city"]]
    return Told(reverse("actor-detail", args=[row["slug"]]), [fact for fact in facts if fact])


register_findable(
    Findable(
        code="acteurs", name=_("Acteur"), label=_("Acteurs"), list_label=_("l'annuaire"), list_name="actor-list",
        rows=lambda user: Actor.objects.approved(),
        told=told,
        title_column="name", title_key="name_key",
        columns=("slug", "kind", "city"),
        parts=Parts(Offer, "actor"),
        has_meaning=True,
        lesser=lambda: Q(is_stale=True),
    )
)  # fmt: skip
