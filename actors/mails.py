"""Mails this app writes: account codes and links, decisions on a profile."""

from uuid import uuid4

from django.utils.html import linebreaks, urlize
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail, write_row

from .models import Actor, ActorDecision, User

ACCOUNT = register(MailKind("account", _("Compte : code, lien, sécurité"), Group.ACCOUNT, secret=True))


def _decision_still_stands(mail: OutgoingEmail) -> bool:
    """A decision taken back within the minute is not announced."""
    return Actor.objects.filter(pk=mail.refers_to["actor"], state=mail.refers_to["state"]).exists()


ACTOR_DECISION = register(
    MailKind("actor_decision", _("Décision sur un profil"), Group.TRANSACTIONAL, _decision_still_stands)
)
ACTORS_MERGED = register(MailKind("actors_merged", _("Fusion de deux profils"), Group.TRANSACTIONAL))


def write_account_mail(address: str, user: User | None, subject: str, text: str) -> None:
    write_row(
        ACCOUNT, to=user, address=address, dedupe_key=f"account:{uuid4()}", subject=subject, body_text=text.strip(),
        body_html=linebreaks(urlize(text.strip(), autoescape=True), autoescape=False),
    )  # fmt: skip


def tell_decision(decision: ActorDecision) -> None:
    """Write to the actor's owners what was decided and why."""
    actor = decision.actor
    for owner in User.objects.filter(memberships__in=actor.memberships.owners(), is_active=True):
        queue_mail(
            ACTOR_DECISION,
            to=owner,
            dedupe_key=f"actor-decision:{decision.pk}:{owner.pk}",
            context={"actor": actor, "decision": decision},
            refers_to={"actor": actor.pk, "state": decision.state},
        )


def tell_merge(kept: Actor, absorbed: Actor, owners: list[User]) -> None:
    """Write to who looked after either that they are one now."""
    for owner in owners:
        queue_mail(
            ACTORS_MERGED,
            to=owner,
            dedupe_key=f"actors-merged:{kept.pk}:{absorbed.pk}:{owner.pk}",
            context={"actor": kept, "absorbed": absorbed},
        )
