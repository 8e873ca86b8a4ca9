"""Every cookie the portal sets: the privacy page lists them, and a browser test finds no other.

All are needed for the service that was asked for, so no consent is (French data protection act, art. 82).
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Cookie:
    name: str
    purpose: Any  # lazy translations
    lifetime: Any


COOKIES = [
    Cookie(settings.SESSION_COOKIE_NAME, _("vous garder connecté d'une page à l'autre"), _("2 semaines")),
    Cookie(settings.CSRF_COOKIE_NAME, _("vérifier qu'un formulaire vient bien de vous"), _("1 an")),
    Cookie("messages", _("montrer une confirmation sur la page suivante"), _("jusqu'à cette page")),
]
