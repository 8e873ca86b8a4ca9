"""What this app keeps about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from ..contacts import forget_contacts
from ..models import Actor, ActorDecision, Contact, Invitation, Membership, MembershipClaim, User


def _contacts(person: Any, addresses: Addresses) -> QuerySet[Contact]:
    return Contact.objects.filter(email_matches("email", addresses)).select_related("actor")


def email_matches(field: str, addresses: Addresses) -> Q:
    """Typed by hand, an address may carry capitals."""
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(**{f"{field}__iexact": address})
    return found


def _forget_contacts(person: Any, addresses: Addresses) -> None:
    """The organisation's page no longer sends people to somebody who left."""
    forget_contacts(_contacts(person, addresses))
    Contact.history.filter(email_matches("email", addresses)).delete()
    Actor.objects.filter(assigned_to=person).update(assigned_to=None)


register_holding(
    Holding(
        "account",
        _("Votre compte"),
        ("email", "name", "language", "digest", "is_staff", "date_joined", "last_login", "inactivity_told_at"),
        lambda person, addresses: User.objects.filter(pk=person.pk),
        is_about_self=True,
    )
)
register_holding(
    Holding(
        "addresses",
        _("Vos adresses e-mail"),
        ("email", "verified", "primary"),
        lambda person, addresses: EmailAddress.objects.filter(user=person),
        is_about_self=True,
    )
)
register_holding(
    Holding(
        "memberships",
        _("Les acteurs dont vous êtes membre"),
        ("actor", "role", "created_at"),
        lambda person, addresses: Membership.objects.filter(user=person).select_related("actor"),
        is_about_self=True,
    )
)
register_holding(
    Holding(
        "sessions",
        _("Vos connexions ouvertes"),
        ("created_at", "last_seen_at", "ip", "user_agent"),
        lambda person, addresses: UserSession.objects.filter(user=person),
    )
)
register_holding(
    Holding(
        "invitations",
        _("Les invitations envoyées à vos adresses"),
        ("actor", "email", "role", "created_at", "accepted_at"),
        lambda person, addresses: Invitation.objects.filter(email__in=addresses).select_related("actor"),
        erase=lambda person, addresses: Invitation.objects.filter(email__in=addresses).delete(),
    )
)
register_holding(
    Holding(
        "claims",
        _("Vos demandes de rattachement à un acteur"),
        ("actor", "message", "state", "created_at", "decided_at"),
        lambda person, addresses: MembershipClaim.objects.filter(user=person).select_related("actor"),
    )
)
register_holding(
    Holding(
        "contacts",
        _("Les contacts publiés ou gardés à votre adresse"),
        ("actor", "name", "role", "email", "phone", "is_public", "created_at"),
        _contacts,
        erase=_forget_contacts,
    )
)
register_holding(
    Holding(
        "actors_created",
        _("Les profils que vous avez créés"),
        ("name", "created_at"),
        lambda person, addresses: Actor.objects.filter(created_by=person),
    )
)
register_holding(
    Holding(
        "decisions",
        _("Les décisions que vous avez prises"),
        ("actor", "state", "reason", "at"),
        lambda person, addresses: ActorDecision.objects.filter(by=person).select_related("actor"),
    )
)
