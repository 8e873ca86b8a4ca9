"""The addresses of the feeds. Those of many events answer 304 where nothing changed."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.lists import too_many_searches
from coexist.common.news import CONTENT_TYPE

from ..models import Event
from ..occurrences import named
from . import ics, news
from .selection import Selection

FRESH = 300  # seconds


@public
@require_safe
def agenda_calendar(request: HttpRequest) -> HttpResponse:
    """The agenda, narrowed as its page is, for calendars to subscribe to."""
    selection = Selection(request)

    def write() -> bytes:
        events = selection.events(selection.next_first)
        return ics.calendar_of(events, name=_("Agenda CoExist"), address=selection.address)

    return _answer(selection, lambda: selection.next_first, write, ics.CONTENT_TYPE)


@public
@require_safe
def agenda_news(request: HttpRequest) -> HttpResponse:
    """What was published last, for feed readers."""
    selection = Selection(request)

    def write() -> bytes:
        return news.news_of(selection.events(selection.newest_first), address=selection.address)

    return _answer(selection, lambda: selection.newest_first, write, CONTENT_TYPE)


@public
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, or one of its dates, to keep in a calendar."""
    event = get_object_or_404(Event.objects.public().select_related("organiser"), slug=slug)
    occurrence = named(event, request.GET.get("date", ""))
    content = ics.date_alone(event, occurrence) if occurrence else ics.calendar_of([event], name=event.title)
    answer = HttpResponse(content, ics.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


def _answer(
    selection: Selection, keys: Callable[[], list[int]], write: Callable[[], bytes], content_type: str
) -> HttpResponse:
    request = selection.request
    if not selection.is_readable:
        return HttpResponseBadRequest(_("Ce filtre n'existe pas."), content_type="text/plain; charset=utf-8")
    over = too_many_searches(request)
    if over is not None:
        return over
    mark, changed_at = selection.mark_of(keys())
    answer = get_conditional_response(request, etag=f'"{mark}"', last_modified=changed_at)
    if answer is None:
        answer = HttpResponse(_written(request, mark, write), content_type)
    answer["ETag"], answer["Last-Modified"] = f'"{mark}"', http_date(changed_at)
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


def _written(request: HttpRequest, mark: str, write: Callable[[], bytes]) -> bytes:
    """Kept for a while where it is the whole agenda; under its mark, it is never old."""
    with translation.override(settings.LANGUAGE_CODE):
        if request.GET:
            return write()
        return caches["memory"].get_or_set(f"feed:{mark}", write, FRESH) or b""
