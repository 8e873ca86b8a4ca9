from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "projects.partnerships"
    label = "partnerships"
    verbose_name = _("Mises en relation")

    def ready(self) -> None:
        from . import mails, panels, personal_data, retention  # noqa: F401 - kinds of mail, panels on other apps' pages  # noqa: F401 - what is kept about people, and how long
