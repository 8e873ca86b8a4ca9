"""What the agenda shows on the pages of others: the next dates of an actor, of a project."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel

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
