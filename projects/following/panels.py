"""The partnership that came of an accepted introduction, on a need's page, for those who see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel
from projects.models import Need

from .models import Partnership


def _for_need(need: Need, user: Any) -> Any:
    return Partnership.objects.visible_to(user).filter(need=need).with_overdue().with_card_data()


register_panel(Panel("need", _("Partenariats"), "following/_panel.html", _for_need))
