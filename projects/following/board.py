"""What the animators see: a column for each stage, and the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Partnership
from .querysets import PartnershipQuerySet
from .stages import PartnershipStage

SHOWN = 12  # cards of a column; the list has the rest
AT_ONCE = 200  # rows read together for the sheet


@dataclass
class Column:
    stage: str
    label: Any
    count: int = 0
    rows: list[Partnership] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.count - len(self.rows)


def columns(of: PartnershipQuerySet) -> list[Column]:
    """Every stage with its most urgent partnerships, of rows with card data: three queries, however many there are."""
    counts = dict(of.order_by().values_list("stage").annotate(number=Count("pk")))
    found = {code: Column(code, label, counts.get(code, 0)) for code, label in PartnershipStage.choices}
    for row in of.of_each_stage(SHOWN):
        found[row.stage].rows.append(row)
    return list(found.values())


def sheet(rows: PartnershipQuerySet) -> Iterator[Sequence[str]]:
    """A heading and a line for each partnership."""
    yield [
        _("Partenariat"), _("Étape"), _("Depuis le"), _("Acteurs"), _("Personnes en charge"), _("Suivi par"),
        _("Prochaine étape"), _("Pour le"), _("Qui s'en charge"), _("En retard"), _("Abandonné parce que"),
    ]  # fmt: skip
    for row in rows.iterator(chunk_size=AT_ONCE):
        parties = row.card_parties
        yield [
            row.title, row.get_stage_display(), date_format(row.stage_since, "SHORT_DATE_FORMAT"),
            ", ".join(party.actor.name for party in parties),
            ", ".join(party.person.name for party in parties if party.person), _name(row.animator), row.next_step,
            date_format(row.next_due, "SHORT_DATE_FORMAT") if row.next_due else "", _name(row.next_person),
            _("oui") if row.is_overdue else "", row.why,
        ]  # fmt: skip


def _name(person: Any) -> str:
    return person.name if person else ""
