"""The animators' list of requests for help, and its sheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.requests import MemberRequest
from coexist.common.lists import FilteredList
from coexist.common.sheets import as_csv

from . import rules
from .filters import SupportFilter
from .models import SupportRequest
from .querysets import SupportQuerySet

AT_ONCE = 200  # rows read together for the sheet


class SupportFollowList(FilteredList):
    filterset_class = SupportFilter
    template_name = "support/follow.html"
    results_template = "support/_follow_results.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not rules.is_animator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> SupportQuerySet:
        return _all(self.request)


@require_safe
def follow_export(request: MemberRequest) -> StreamingHttpResponse:
    """The list as it is filtered, as CSV."""
    if not rules.is_animator(request.user):
        raise PermissionDenied
    found = SupportFilter(request.GET, queryset=_all(request), request=request)
    rows = found.qs if found.is_valid() else _all(request)
    answer = StreamingHttpResponse(as_csv(_sheet(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="accompagnements-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _all(request: Any) -> SupportQuerySet:
    return SupportRequest.objects.visible_to(request.user).urgent_first().with_card_data()


def _sheet(rows: SupportQuerySet) -> Iterator[Sequence[str]]:
    """A heading and a line for each request."""
    yield [
        _("Demande"), _("Accompagnement"), _("État"), _("Depuis le"), _("Demandée par"), _("Expert"), _("Suivie par"),
        _("Souhaitée pour le"), _("Prochaine étape"), _("Pour le"), _("En retard"), _("Ce qui a été fait"),
        _("Terminé le"),
    ]  # fmt: skip
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield [
            row.title, row.get_kind_display(), row.get_state_display(), _day(row.state_since), row.actor.name,
            row.expert.name if row.expert else "", row.animator.name if row.animator else "", _day(row.by_date),
            row.next_step, _day(row.next_due), _("oui") if row.is_overdue else "", row.done, _day(row.done_on),
        ]  # fmt: skip


def _day(value: Any) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""
