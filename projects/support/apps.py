from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "projects.support"
    label = "support"
    verbose_name = _("Accompagnement")

    def ready(self) -> None:
        # Kinds of mail, panels, actors that leave or merge, what is kept about people and how long.
        from . import mails, panels, personal_data, receivers, retention  # noqa: F401
