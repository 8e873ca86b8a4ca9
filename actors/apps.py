from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = _("Acteurs")

    def ready(self) -> None:
        from . import finding, mails, uploads  # noqa: F401 - how its rows are found; its kinds of mail and of files
        from .joining import mails as joining_mails  # noqa: F401 - and those about members
        from .privacy import personal_data, retention  # noqa: F401 - what is kept about people, and how long
        from .security import log_events

        log_events()
