from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "projects.search"
    label = "search"
    verbose_name = _("Recherches")

    def ready(self) -> None:
        # Kinds of mail, what is kept about people and how long.
        from . import mails, personal_data, retention  # noqa: F401
