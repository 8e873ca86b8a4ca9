"""Achievements on the pages of actors, projects and needs; on a partnership's, the way to tell one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.panels import Panel, register_panel
from projects.following.models import Partnership
from projects.following.stages import PartnershipStage
from projects.models import Need, Project

from .models import Achievement
from .querysets import AchievementQuerySet


def _cards() -> AchievementQuerySet:
    """What everybody sees, also where somebody may see more: these are public pages."""
    return Achievement.objects.public().with_card_data().newest_first()


def _for_actor(actor: Actor, user: Any) -> Any:
    return _cards().of_actor(actor)


def _for_project(project: Project, user: Any) -> Any:
    return _cards().filter(partnership__need__project=project)


def _for_need(need: Need, user: Any) -> Any:
    return _cards().filter(partnership__need=need)


def _for_partnership(partnership: Partnership, user: Any) -> list[Any]:
    """One line, once the partnership is completed; of an older one nobody has opened it yet."""
    if partnership.stage != PartnershipStage.COMPLETED:
        return []
    row = Achievement.objects.filter(partnership=partnership).first()
    return [row or Achievement(partnership=partnership, title=partnership.title)]


for _subject, _rows in (("actor", _for_actor), ("project", _for_project), ("need", _for_need)):
    register_panel(Panel(_subject, _("Réalisations"), "achievements/_panel.html", _rows))
register_panel(
    Panel("partnership", _("Ce qui a été réalisé"), "achievements/_partnership_panel.html", _for_partnership)
)
