from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        # What is found, panels on the pages of others, shelves of files, approved and merged actors, what is kept.
        from . import files, finding, panels, personal_data, receivers  # noqa: F401
