"""Mails about matches, and when they are no longer wanted."""

from django.utils.translation import gettext_lazy as _

from actors.models import Membership
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need

from .ledger import needs_with_enough
from .models import Match


def _some_match_stands(mail: OutgoingEmail) -> bool:
    """The need is still open and at least one of the matches still holds."""
    matches = Match.objects.current().not_refused().filter(pk__in=mail.refers_to["matches"], interested_at=None)
    return matches.filter(need__in=Need.objects.open().values("pk")).exists()


def _still_for_project(mail: OutgoingEmail) -> bool:
    need = Need.objects.open().filter(pk=mail.refers_to["need"]).select_related("project").first()
    return need is not None and _still_writes_for(need.project.lead_id, mail) and _some_match_stands(mail)


def _still_for_actor(mail: OutgoingEmail) -> bool:
    asked_for = Match.objects.filter(pk__in=mail.refers_to["matches"]).exclude(need__in=needs_with_enough())
    return _still_writes_for(mail.refers_to["actor"], mail) and asked_for.exists() and _some_match_stands(mail)


def _still_writes_for(actor: int, mail: OutgoingEmail) -> bool:
    return Membership.objects.writers().filter(actor=actor, user=mail.refers_to["user"]).exists()


NEED_MATCHES = register(
    MailKind("need_matches", _("Acteurs proposés pour vos besoins"), Group.ALERT, _still_for_project)
)
NEEDS_FOR_ACTOR = register(
    MailKind("needs_for_actor", _("Besoins qui correspondent à ce que vous proposez"), Group.ALERT, _still_for_actor)
)
REMINDER = register(
    MailKind("needs_reminder", _("Rappel d'un besoin resté sans réponse de votre part"), Group.ALERT, _still_for_actor)
)
