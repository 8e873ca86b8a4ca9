from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventImportsConfig(AppConfig):
    name = "events.imports"
    label = "event_imports"
    verbose_name = _("Calendriers importés")

    def ready(self) -> None:
        from . import personal_data, receivers  # noqa: F401 - what is kept about people; merged actors
