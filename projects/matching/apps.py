from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "projects.matching"
    label = "matching"
    verbose_name = _("Correspondances")

    def ready(self) -> None:
        from . import mails, panels, personal_data, receivers  # noqa: F401 - kinds of mail, panels, what is due when
