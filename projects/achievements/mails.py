"""Mails about what a partnership achieved: asked once, reminded once; then what happens to the page."""

from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from projects.following.models import Partnership

from . import rules
from .enums import AchievementState
from .models import Achievement


def _of(mail: OutgoingEmail) -> Achievement | None:
    """The achievement, while its reader is still of a side or animates."""
    if mail.recipient is None:
        return None
    seen = Partnership.objects.visible_to(mail.recipient).values("pk")
    return Achievement.objects.filter(pk=mail.refers_to["achievement"], partnership__in=seen).first()


def _still_asked(mail: OutgoingEmail) -> bool:
    """The reader's side has said nothing meanwhile."""
    row = _of(mail)
    if row is None or row.state != AchievementState.DRAFT:
        return False
    return rules.own_contributions(mail.recipient, row).filter(answered_at=None).exists()


def _still_your_turn(mail: OutgoingEmail) -> bool:
    row = _of(mail)
    if row is None or not row.is_writable:
        return False
    return any(not one.agrees_to(row.version) for one in rules.own_contributions(mail.recipient, row))


def _still_so(mail: OutgoingEmail) -> bool:
    row = _of(mail)
    return row is not None and row.state == mail.refers_to["state"]


ASKED = register(
    MailKind("achievement_asked", _("Raconter un partenariat terminé"), Group.ALERT, still_wanted=_still_asked)
)
YOUR_TURN = register(
    MailKind(
        "achievement_your_turn", _("Réalisation : votre accord est attendu"), Group.TRANSACTIONAL,
        still_wanted=_still_your_turn,
    )
)  # fmt: skip
DECIDED = register(
    MailKind(
        "achievement_decided", _("Réalisation : décision de l'équipe d'animation"), Group.TRANSACTIONAL,
        still_wanted=_still_so,
    )
)  # fmt: skip
WITHDRAWN = register(
    MailKind(
        "achievement_withdrawn", _("Réalisation retirée par une partie"), Group.TRANSACTIONAL, still_wanted=_still_so
    )
)
