from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "events.registrations"
    label = "registrations"
    verbose_name = _("Inscriptions")

    def ready(self) -> None:
        # Kinds of mail, panels on the event's page, changed events, what is kept about people and how long.
        from . import mails, panels, personal_data, receivers, retention  # noqa: F401
