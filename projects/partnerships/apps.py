from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "projects.partnerships"
    label = "partnerships"
    verbose_name = _("Mises en relation")

    def ready(self) -> None:
        # Kinds of mail, panels on other apps' pages, merged actors, what is kept about people and how long.
        from . import mails, panels, personal_data, receivers, retention  # noqa: F401
        from .conversation import declarations  # noqa: F401
        from .stuck import mails as stuck_mails  # noqa: F401
