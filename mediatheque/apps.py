from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediathequeConfig(AppConfig):
    name = "mediatheque"
    verbose_name = _("Médiathèque")

    def ready(self) -> None:
        # Shelves of files, kinds of mail, panels, merged actors, what is kept about people.
        from . import files, mails, panels, personal_data, receivers  # noqa: F401
