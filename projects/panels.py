"""What projects show on the pages of other apps."""

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel

from .models import Project

register_panel(
    Panel(
        subject="actor",
        title=_("Projets portés"),
        template="projects/_panel.html",
        rows=lambda actor, user: Project.objects.visible_to(user).filter(lead=actor).with_card_data(),
    )
)
