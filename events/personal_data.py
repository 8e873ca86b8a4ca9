"""What this app keeps about a person: the events they wrote, which belong to their actor and stay."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Event

register_holding(
    Holding(
        "events",
        _("Les événements que vous avez créés"),
        ("title", "organiser", "state", "starts_at", "created_at"),
        lambda person, addresses: Event.objects.filter(created_by=person).select_related("organiser"),
    )
)
