from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "actors.imports"
    label = "imports"
    verbose_name = _("Imports et exports")

    def ready(self) -> None:
        from . import receivers, retention  # noqa: F401 - merged actors; how long sheets are kept
