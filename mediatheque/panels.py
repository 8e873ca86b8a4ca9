"""What a resource's page shows beside itself."""

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel

from .search.related import related

register_panel(Panel("resource", _("Voir aussi"), "mediatheque/_related.html", related))
