"""What introductions show on a need's page, to those they concern."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel
from projects.models import Need

from .models import Introduction


def _for_need(need: Need, user: Any) -> Any:
    return Introduction.objects.visible_to(user).filter(need=need).with_card_data()


register_panel(Panel("need", _("Mises en relation"), "partnerships/_need_panel.html", _for_need))
