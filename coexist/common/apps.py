from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "coexist.common"
    label = "common"
    verbose_name = _("Courrier et service")

    def ready(self) -> None:
        from . import service_retention  # noqa: F401 - declares what is kept how long
        from .mail import personal_data, retention  # noqa: F401 - and what mails hold about people


class UsedStaticFilesConfig(StaticFilesConfig):
    """Leave out what packages ship and no page loads, so that production stores only what it serves."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns, "*.rtl.*", "*.esm.*", "bootstrap-grid*", "bootstrap-reboot*",
        "bootstrap-utilities*", "bootstrap.css", "bootstrap.js", "bootstrap.bundle.js", "bootstrap.min.js", "htmx-4*",
        "htmax*", "flags", "hx-*", "htmx-2-compat*", "leaflet-src*",
    ]  # fmt: skip
