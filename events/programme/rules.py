"""Who asks for what is printed. Made programmes are as public as their campaign (files.py)."""

from typing import Any

from events.campaigns.models import Activity, Campaign
from events.campaigns.rules import can_moderate, grounds_of
from events.models import Event
from events.rules import can_edit


def can_ask(user: Any, campaign: Campaign) -> bool:
    """Those who coordinate a ground, and animators."""
    return bool(grounds_of(user, campaign))


def can_print_poster(user: Any, event: Event) -> bool:
    """Who writes for its organiser, and who coordinates its ground."""
    if not user.is_authenticated or event.is_cancelled:
        return False
    if can_edit(user, event):
        return True
    activity = Activity.objects.filter(event=event).first()
    return activity is not None and can_moderate(user, activity)
