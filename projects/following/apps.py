from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "projects.following"
    label = "following"
    verbose_name = _("Partenariats")

    def ready(self) -> None:
        # Kinds of mail, shelves of files, merged actors, what is kept about people and how long.
        from . import files, mails, panels, personal_data, receivers, retention  # noqa: F401
