"""The attendance list as it leaves the site."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import Occurrence
from .models import Seat

MOST = 2000  # people on one list


def rows_of(occurrence: Occurrence) -> Iterator[list[str]]:
    yield [_("Nom"), _("Adresse e-mail"), _("État"), _("Besoins d'accessibilité"), _("Inscription du"), _("Présence")]
    for seat in Seat.objects.on(occurrence)[:MOST]:
        who = seat.registration
        since = date_format(localtime(who.queued_at), "SHORT_DATETIME_FORMAT") if who.queued_at else ""
        came = _("oui") if seat.came else ""
        yield [who.name, who.email, str(who.get_state_display()), who.access_needs, since, came]
