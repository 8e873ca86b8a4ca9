"""When a date is, in words: for forms, mails and sheets."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Occurrence


def when(occurrence: Occurrence) -> str:
    """In the event's own time zone."""
    start, end = occurrence.local_start, occurrence.local_end
    day, last = date_format(start, "l j F Y"), date_format(end, "l j F Y")
    if occurrence.event.is_all_day:
        return day if day == last else _("du %(day)s au %(last)s") % {"day": day, "last": last}
    hours = {"day": day, "start": date_format(start, "H:i"), "end": date_format(end, "H:i")}
    if day == last:
        return _("%(day)s, de %(start)s à %(end)s") % hours
    return _("du %(day)s à %(start)s au %(last)s à %(end)s") % {**hours, "last": last}
