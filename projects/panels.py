"""What projects show on the pages of other apps, and what they work on, for the library."""

from django.db.models import BigIntegerField, F, Func
from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel
from mediatheque.help_panel import register_help
from mediatheque.helping import Work

from .models import Need, Project

register_panel(
    Panel(
        subject="actor",
        title=_("Projets portés"),
        template="projects/_panel.html",
        rows=lambda actor, user: actor.projects.visible_to(user).with_open_needs(),
    )
)


def _work_of_need(need: Need) -> Work:
    project = need.project
    return Work(need.skill_keys, project.themes, project.territories, project.languages)


def _work_of_project(project: Project) -> Work:
    """With the skills that its open needs ask for."""
    key = Func(F("skill_keys"), function="unnest", output_field=BigIntegerField())
    keys = Need.objects.open().filter(project=project).order_by().annotate(key=key).values("key")
    return Work(keys, project.themes, project.territories, project.languages)


register_help("need", _work_of_need)
register_help("project", _work_of_project)
