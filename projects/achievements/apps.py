from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AchievementsConfig(AppConfig):
    name = "projects.achievements"
    label = "achievements"
    verbose_name = _("Réalisations")

    def ready(self) -> None:
        # What is found, mails, the shelf of pictures, panels, completed partnerships and merged actors, what is kept.
        from . import files, finding, mails, panels, personal_data, receivers, retention  # noqa: F401
