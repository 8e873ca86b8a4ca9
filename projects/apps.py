from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projets et besoins")

    def ready(self) -> None:
        from . import (  # noqa: F401 - what is found; panels on actors' pages; publishing with approval
            finding,
            panels,
            personal_data,
            receivers,
        )
        from .freshness import declarations  # noqa: F401
