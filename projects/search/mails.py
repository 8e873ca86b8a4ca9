"""The mail that tells what is new in a kept search, when it is no longer wanted, and how it is stopped."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.mail.enums import Digest
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need

from .models import SavedSearch

SALT = "coexist.saved-search"


def stop_link(search: int) -> str:
    """Absolute address that stops the alerts of one search; it does not expire."""
    return settings.SITE_URL + reverse("saved-search-stop", args=[signing.Signer(salt=SALT).sign(str(search))])


def search_of(token: str) -> int:
    """Key of the search whose alerts `token` stops. Raises signing.BadSignature."""
    return int(signing.Signer(salt=SALT).unsign(token))


def _still_wanted(mail: OutgoingEmail) -> bool:
    """Nothing that it names was hidden since, and at least one row still answers."""
    search = SavedSearch.objects.exclude(rhythm=Digest.NEVER).filter(pk=mail.refers_to["search"]).first()
    if search is None:
        return False
    actors, needs = set(mail.refers_to["actors"]), set(mail.refers_to["needs"])
    shown_actors = Actor.objects.visible_to(search.person).approved().filter(pk__in=actors).count()
    shown_needs = Need.objects.visible_to(search.person).filter(pk__in=needs)
    if shown_actors < len(actors) or shown_needs.count() < len(needs):
        return False
    return bool(actors) or shown_needs.open().exists()


def _stop(mail: OutgoingEmail) -> str:
    return stop_link(mail.refers_to["search"])


SEARCH_ALERT = register(
    MailKind("search_alert", _("Nouveautés des recherches que vous gardez"), Group.ALERT, _still_wanted, stop=_stop)
)
