"""What projects show on the pages of other apps."""

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel

register_panel(
    Panel(
        subject="actor",
        title=_("Projets portés"),
        template="projects/_panel.html",
        rows=lambda actor, user: actor.projects.visible_to(user).with_open_needs(),
    )
)
