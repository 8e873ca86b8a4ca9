from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "actors.imports"
    label = "imports"
    verbose_name = _("Imports et exports")

    def ready(self) -> None:
        from . import personal_data, receivers, retention  # noqa: F401 - merged actors; what is kept, and how long
