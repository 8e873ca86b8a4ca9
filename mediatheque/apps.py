from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediathequeConfig(AppConfig):
    name = "mediatheque"
    verbose_name = _("Médiathèque")

    def ready(self) -> None:
        # Shelves of files, the search over everything, kinds of mail, panels, actors that leave or merge, what is kept
        # about people and how long.
        from . import files, finding, mails, panels, personal_data, receivers, retention  # noqa: F401
        from .loans import mails as loan_mails  # noqa: F401
