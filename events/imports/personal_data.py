"""What this app keeps about a person: the calendars they gave, which belong to their actor and stay.

Of a calendar's people (ATTENDEE, ORGANIZER) nothing is read, and a file is erased once it was read.
"""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import CalendarSource

register_holding(
    Holding(
        "calendars",
        _("Les calendriers que vous avez donnés"),
        ("actor", "url", "file_name", "created_at"),
        lambda person, addresses: (
            CalendarSource.objects.filter(created_by=person).select_related("actor").defer("content")
        ),
    )
)
