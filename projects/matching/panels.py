"""What matching shows on the pages of actors and needs, to those it concerns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from actors.querysets import may_see_all
from actors.rules import role_of
from coexist.common.panels import Panel, register_panel
from projects.models import Need

from .models import Match


def _for_need(need: Need, user: Any) -> Any:
    concerns = may_see_all(user, "matching.view_match") or role_of(user, need.project.lead)
    return Match.objects.visible_to(user).filter(need=need).for_project() if concerns else []


def _for_actor(actor: Actor, user: Any) -> Any:
    concerns = may_see_all(user, "matching.view_match") or role_of(user, actor)
    return Match.objects.visible_to(user).for_actor(actor) if concerns else []


register_panel(Panel("need", _("Acteurs proposés"), "matching/_need_panel.html", _for_need))
register_panel(Panel("actor", _("Besoins qui vous correspondent"), "matching/_actor_panel.html", _for_actor))
