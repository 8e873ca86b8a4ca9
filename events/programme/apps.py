from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "events.programme"
    label = "programme"
    verbose_name = _("Programmes imprimés")

    def ready(self) -> None:
        from . import files, panels  # noqa: F401 - the shelf of made programmes, what other pages show of them
