"""What is printed, on the pages of others: the programme of a campaign, the poster of an event."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel
from events.campaigns.models import Campaign
from events.models import Event

from . import rules
from .enums import PrintState


def _made(campaign: Campaign, user: Any) -> Any:
    return campaign.prints.filter(state=PrintState.DONE)


def _to_ask(campaign: Campaign, user: Any) -> list[Campaign]:
    return [campaign] if rules.can_ask(user, campaign) else []


def _poster(event: Event, user: Any) -> list[Event]:
    return [event] if rules.can_print_poster(user, event) else []


register_panel(Panel("campaign", _("Le programme à imprimer"), "programme/_made_panel.html", _made))
register_panel(Panel("coordination", _("Programme imprimé"), "programme/_ask_panel.html", _to_ask))
register_panel(Panel("event", _("Affiche"), "programme/_poster_panel.html", _poster))
