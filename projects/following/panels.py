"""The partnership that came of an accepted introduction, on its page and on the need's, for those who see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel
from projects.models import Need
from projects.partnerships.models import Introduction

from . import rules
from .models import Partnership


def _for_need(need: Need, user: Any) -> Any:
    return Partnership.objects.visible_to(user).filter(need=need).with_overdue().with_card_data()


def _after(introduction: Introduction, user: Any) -> list[dict[str, Any]]:
    """The partnership that came of it, or the button that opens one, for those who may."""
    if not introduction.is_accepted:
        return []
    partnership = Partnership.objects.visible_to(user).filter(introduction=introduction).first()
    if partnership is None and not rules.can_open_from(user, introduction):
        return []
    return [{"partnership": partnership, "introduction": introduction}]


register_panel(Panel("introduction", _("Le partenariat"), "following/_introduction_panel.html", _after))
register_panel(Panel("need", _("Partenariats"), "following/_panel.html", _for_need))
