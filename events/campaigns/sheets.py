"""What is proposed, as a sheet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import BOOKED_HERE
from events.models import Occurrence

from .models import Support

MOST = 5_000  # rows of each kind


def lines(activities: QuerySet, support: QuerySet[Support]) -> Iterator[list[str]]:
    """The heading, the activities, the support."""
    yield [
        _("Quoi"), _("État"), _("Titre"), _("Structure"), _("Début"), _("Lieu"), _("Commune"), _("Code postal"),
        _("Territoire"), _("Places prises"), _("Contact"), _("E-mail"), _("Proposé le"),
    ]  # fmt: skip
    taken = Occurrence.objects.filter(event=OuterRef("event")).order_by().values("event").annotate(n=Sum("taken"))
    for row in activities.annotate(taken=Coalesce(Subquery(taken.values("n")), 0))[:MOST]:
        event = row.event
        start = event.starts_at.astimezone(event.tz)
        yield [
            event.get_kind_display(), row.get_state_display(), event.title, row.who,
            f"{start:%d/%m/%Y}" if event.is_all_day else f"{start:%d/%m/%Y %H:%M}", event.place, event.city,
            event.postcode, "", str(row.taken) if event.booking in BOOKED_HERE else "", *_who(row),
        ]  # fmt: skip
    for row in support[:MOST]:
        what = f"{row.get_direction_display()} : {row.get_kind_display()}"
        yield [
            what, row.get_state_display(), row.title, row.who, "", "", "", "", row.territory_name, "", *_who(row),
        ]  # fmt: skip


def _who(row: Any) -> list[str]:
    return [row.contact_name, row.contact_email, f"{timezone.localtime(row.created_at):%d/%m/%Y}"]
