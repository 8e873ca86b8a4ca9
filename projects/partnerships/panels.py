"""What introductions show on a need's page, to those they concern."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.panels import Panel, register_panel
from projects.models import Need

from .models import Introduction


def _for_need(need: Need, user: Any) -> Any:
    return Introduction.objects.visible_to(user).filter(need=need).with_card_data()


def _own_needs(actor: Actor, user: Any) -> Any:
    """For which of one's needs one may write to this actor."""
    if not user.is_authenticated or not actor.is_approved:
        return Need.objects.none()
    own = Actor.objects.written_by(user).exclude(pk=actor.pk).values("pk")
    return Need.objects.open().filter(project__lead__in=own).with_card_data()


register_panel(
    Panel("actor", _("Écrire à cet acteur pour un de vos besoins"), "partnerships/_actor_panel.html", _own_needs)
)
register_panel(Panel("need", _("Mises en relation"), "partnerships/_need_panel.html", _for_need))
