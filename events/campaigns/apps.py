from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "events.campaigns"
    label = "campaigns"
    verbose_name = _("Campagnes")

    def ready(self) -> None:
        # The agenda's facet, kinds of mail, actors that merge, what is kept about people and how long.
        from . import facet, mails, personal_data, receivers, retention  # noqa: F401
