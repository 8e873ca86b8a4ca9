"""The experts of the network, as the public page lists them."""

from collections.abc import Sequence

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from actors.models import Actor
from coexist.common.results import Results

from .models import ExpertOffer, SupportRequest
from .querysets import experts


class Experts(Results):
    """Narrowed by facets, not searched."""

    orders = {"": ("name_key", "pk")}

    def complete(self, rows: Sequence[Actor]) -> None:
        """Give the experts of one page what they offer, and how many references they have."""
        offers = Prefetch(
            "expert_offers", ExpertOffer.objects.confirmed().order_by("kind"), to_attr="confirmed_support"
        )
        prefetch_related_objects(rows, offers)
        shown = SupportRequest.objects.references().filter(expert__in=[row.pk for row in rows]).order_by()
        counts = dict(shown.values_list("expert").annotate(number=Count("pk")))
        for row in rows:
            row.reference_count = counts.get(row.pk, 0)  # type: ignore[attr-defined]


def listed() -> QuerySet:
    return experts().without_index()
