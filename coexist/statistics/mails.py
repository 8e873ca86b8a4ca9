"""Mails of a period: what left, what did not, who wanted no more. By the month in which they were written."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, DateTimeField, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coexist.common.mail.enums import MailState
from coexist.common.mail.kinds import kind_choices
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress

from .figures import Drawn, Figure, Row
from .periods import Period

Key = tuple[date, str]  # month and code of a kind; "" where no kind is concerned


@dataclass
class Mails:
    sent: Counter[Key] = field(default_factory=Counter)
    failed: Counter[Key] = field(default_factory=Counter)
    opt_outs: Counter[Key] = field(default_factory=Counter)
    refused: Counter[Key] = field(default_factory=Counter)  # addresses that their server refuses for good

    @property
    def all(self) -> tuple[Counter[Key], ...]:
        return self.sent, self.failed, self.opt_outs, self.refused

    def of_month(self, month: date) -> tuple[int, ...]:
        return tuple(sum(number for key, number in counter.items() if key[0] == month) for counter in self.all)

    def of_kind(self, code: str) -> tuple[int, ...]:
        """Without the addresses: a server refuses those whatever the kind."""
        of_kinds = self.all[:3]
        return tuple(sum(number for key, number in counter.items() if key[1] == code) for counter in of_kinds)


def count(period: Period) -> Mails:
    """In three queries. Alerts that left in a digest are that digest."""
    found = Mails()
    states = {
        "sent": Count("pk", filter=Q(state=MailState.SENT)),
        "failed": Count("pk", filter=Q(state=MailState.FAILED)),
    }
    written = _in_months(OutgoingEmail.objects.all(), "created_at", period)
    for month, kind, sent, failed in written.values_list("month", "kind_code").annotate(**states):
        found.sent[month.date(), kind] += sent
        found.failed[month.date(), kind] += failed
    stopped = _in_months(EmailOptOut.objects.all(), "created_at", period)
    for month, kind, number in stopped.values_list("month", "kind_code").annotate(number=Count("pk")):
        found.opt_outs[month.date(), kind] += number
    refused = _in_months(SuspendedAddress.objects.all(), "since", period)
    for month, number in refused.values_list("month").annotate(number=Count("pk")):
        found.refused[month.date(), ""] += number
    return found


def by_month(period: Period, found: Mails) -> Figure:
    rows = [Row((date_format(month, "N Y"),), found.of_month(month)) for month in period.months]
    return Figure("messages", _("Les e-mails"), (_("Mois"),), (*_columns(), _("Adresses refusées")), rows, Drawn.MONTHS)


def by_kind(found: Mails) -> Figure:
    labels = _labels()
    codes = {code for counter in found.all for (_month, code), number in counter.items() if code and number}
    rows = [Row((labels.get(code, code),), found.of_kind(code)) for code in codes]
    rows.sort(key=lambda row: (-(row.values[0] or 0), row.label))
    title = _("Les e-mails, par type de message")
    return Figure("messages-par-type", title, (_("Type de message"),), _columns(), rows, Drawn.NOT)


def by_month_and_kind(found: Mails) -> Figure:
    labels = _labels()
    keys = sorted({key for counter in found.all for key, number in counter.items() if key[1] and number})
    rows = [
        Row((date_format(key[0], "N Y"), labels.get(key[1], key[1])), tuple(counter[key] for counter in found.all[:3]))
        for key in keys
    ]
    title = _("Les e-mails, par mois et par type")
    return Figure("messages-par-mois-et-type", title, (_("Mois"), _("Type de message")), _columns(), rows, Drawn.NOT)


def _columns() -> tuple[str, str, str]:
    return _("Partis"), _("En échec"), _("Désabonnements")


def _labels() -> dict[str, str]:
    labels = {code: str(label) for code, label in kind_choices()}
    return {**labels, EmailOptOut.EVERYTHING: _("tout ce que personne n'a demandé")}


def _in_months(rows: QuerySet, moment: str, period: Period) -> QuerySet:
    inside = rows.filter(period.holds(moment)).order_by()
    return inside.annotate(month=TruncMonth(moment, output_field=DateTimeField()))
