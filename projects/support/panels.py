"""What an actor's page shows of accompaniment: what it offers, and what it did for others."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.panels import Panel, register_panel

from .models import ExpertOffer, SupportRequest


def _offered(actor: Actor, user: Any) -> Any:
    return ExpertOffer.objects.confirmed().filter(actor=actor)


def _references(actor: Actor, user: Any) -> Any:
    if not actor.is_approved:
        return SupportRequest.objects.none()
    return SupportRequest.objects.references().filter(expert=actor).with_card_data()


register_panel(Panel("actor", _("Accompagnement proposé"), "support/_offers_panel.html", _offered))
register_panel(Panel("actor", _("Accompagnements menés"), "support/_references_panel.html", _references))
