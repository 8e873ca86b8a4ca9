from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = _("Acteurs")

    def ready(self) -> None:
        from . import mails  # noqa: F401 - declares this app's kinds of mail
        from .joining import mails as joining_mails  # noqa: F401 - and those about members
        from .security import log_events

        log_events()
