"""Invitations with their links, claims, second steps, open sessions."""

from datetime import timedelta
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from actors.joining.invitations import _new_token
from actors.models import Actor, Invitation, MembershipClaim, User

_numbers = count(1)


def invitation(to: Actor, *, by: User | None = None, **fields) -> tuple[Invitation, str]:
    """The row, and the token that its mail would hold."""
    token, token_hash = _new_token()
    made = Invitation.objects.create(
        actor=to, token_hash=token_hash, invited_by=by,
        **{
            "email": f"invite{next(_numbers)}@test.example", "role": "editor",
            "expires_at": timezone.now() + timedelta(days=14), **fields,
        },
    )  # fmt: skip
    return made, token


def claim(on: Actor, by: User, **fields) -> MembershipClaim:
    return MembershipClaim.objects.create(actor=on, user=by, **{"message": "J'y travaille depuis 2019.", **fields})


def second_step(of: User) -> Authenticator:
    """An authenticator application, with recovery codes."""
    made = totp.TOTP.activate(of, totp.generate_totp_secret()).instance
    RecoveryCodes.activate(of)
    return made


def code_for(secret: str) -> str:
    """What the person's application shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def session_elsewhere(of: User) -> UserSession:
    """Another browser, logged in."""
    client = Client()
    client.force_login(of)
    return UserSession.objects.create(
        user=of, session_key=client.cookies[settings.SESSION_COOKIE_NAME].value, ip="192.0.2.7",
        user_agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    )  # fmt: skip
