"""What the agenda shows on the pages of others: the next dates of an actor, of a project;
and what one learns at a training, for the library."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.services import detected_skills
from coexist.common.panels import Panel, register_panel
from coexist.common.territories import narrowest
from mediatheque.help_panel import register_help
from mediatheque.helping import Work

from .enums import EventKind
from .models import Event, Occurrence


def _next(events: Any, user: Any) -> Any:
    visible = Occurrence.objects.visible_to(user).standing().to_come().filter(event__in=events.values("pk"))
    return visible.with_card_data().order_by("starts_at", "pk")


register_panel(
    Panel("actor", _("Agenda"), "events/_panel.html", lambda actor, user: _next(Event.objects.of_actor(actor), user))
)
register_panel(
    Panel(
        "project", _("Agenda"), "events/_panel.html",
        lambda project, user: _next(Event.objects.filter(project=project), user),
    )
)  # fmt: skip


def _work_of_training(event: Event) -> Work | None:
    """An event names no skills: its title and summary do."""
    if event.kind != EventKind.TRAINING:
        return None
    skills = detected_skills(f"{event.title}. {event.summary}")
    return Work(skills, event.themes, narrowest(event.reach), event.languages)


register_help("event", _work_of_training)
