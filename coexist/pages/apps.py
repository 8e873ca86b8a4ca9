from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "coexist.pages"
    label = "pages"
    verbose_name = _("Pages, contact et partenaires")

    def ready(self) -> None:
        from . import checks, mails, personal_data, retention, uploads  # noqa: F401 - declarations
