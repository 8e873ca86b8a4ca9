"""Mails about who acts for an actor."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail

from ..models import Actor, Invitation, MembershipClaim, MembershipEvent, User


def _link_still_opens(mail: OutgoingEmail) -> bool:
    """Neither answered, nor replaced by a later mail."""
    sent = {"pk": mail.refers_to["invitation"], "times_sent": mail.refers_to["number"]}
    return Invitation.objects.usable().filter(**sent).exists()


def _claim_waits(mail: OutgoingEmail) -> bool:
    return MembershipClaim.objects.waiting().filter(pk=mail.refers_to["claim"]).exists()


def _has_no_owner(mail: OutgoingEmail) -> bool:
    return not Actor.objects.filter(pk=mail.refers_to["actor"], memberships__role="owner").exists()


INVITATION = register(
    MailKind(
        "invitation", _("Invitation à rejoindre un acteur"), Group.TRANSACTIONAL, _link_still_opens, secret=True,
        unasked=True,
    )
)  # fmt: skip
OWNER_INVITATION = register(
    MailKind(
        "owner_invitation", _("Invitation à reprendre la page d'un acteur"), Group.TRANSACTIONAL, _link_still_opens,
        secret=True, unasked=True,
    )
)  # fmt: skip
MEMBERSHIP = register(MailKind("membership_changed", _("Changement de rôle, retrait"), Group.TRANSACTIONAL))
CLAIM = register(MailKind("claim_made", _("Demande de rattachement"), Group.TRANSACTIONAL, _claim_waits))
CLAIM_ANSWER = register(MailKind("claim_answered", _("Réponse à une demande de rattachement"), Group.TRANSACTIONAL))
OWNERLESS = register(MailKind("actor_ownerless", _("Acteur sans responsable"), Group.TRANSACTIONAL, _has_no_owner))


def send_invitation(invitation: Invitation, token: str, person: User | None) -> None:
    """To an address with or without an account. The token stands in this mail alone."""
    kind = OWNER_INVITATION if invitation.owner_notice else INVITATION
    queue_mail(
        kind,
        to=person,
        address=invitation.email,
        dedupe_key=f"{kind.code}:{invitation.pk}:{invitation.times_sent}",
        context={
            "invitation": invitation,
            "actor": invitation.actor,
            "link": settings.SITE_URL + reverse("invitation", args=[token]),
        },
        refers_to={"invitation": invitation.pk, "number": invitation.times_sent},
    )


def tell_membership_changed(event: MembershipEvent) -> None:
    """To the person whose role an owner changed, or who was removed."""
    assert event.person is not None  # both kinds of event are about somebody
    queue_mail(
        MEMBERSHIP, to=event.person, dedupe_key=f"{MEMBERSHIP.code}:{event.pk}",
        context={"event": event, "actor": event.actor}, refers_to={"actor": event.actor_id},
    )  # fmt: skip


def tell_claim(claim: MembershipClaim) -> None:
    """To the owners; where there is none, the animators have it in their queue."""
    owners = User.objects.filter(memberships__in=claim.actor.memberships.owners(), is_active=True)
    for owner in owners.order_by("pk"):
        queue_mail(
            CLAIM, to=owner, dedupe_key=f"{CLAIM.code}:{claim.pk}:{owner.pk}",
            context={"claim": claim, "actor": claim.actor}, refers_to={"claim": claim.pk},
        )  # fmt: skip


def tell_claim_answer(claim: MembershipClaim) -> None:
    queue_mail(
        CLAIM_ANSWER, to=claim.user, dedupe_key=f"{CLAIM_ANSWER.code}:{claim.pk}",
        context={"claim": claim, "actor": claim.actor}, refers_to={"claim": claim.pk},
    )  # fmt: skip


def tell_animators_of_ownerless(actor: Actor) -> None:
    """Once for each departure: the events written before it tell them apart."""
    before = actor.membership_events.count()
    for animator in _animators().order_by("pk"):
        queue_mail(
            OWNERLESS, to=animator, dedupe_key=f"{OWNERLESS.code}:{actor.pk}:{before}:{animator.pk}",
            context={"actor": actor}, refers_to={"actor": actor.pk},
        )  # fmt: skip


def _animators():
    """Staff who may change actors, by a group or as superusers."""
    by_group = User.objects.filter(
        groups__permissions__codename="change_actor", groups__permissions__content_type__app_label="actors"
    )
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=by_group.values("pk")), is_active=True, is_staff=True)
