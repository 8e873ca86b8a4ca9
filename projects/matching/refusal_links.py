"""The links of "Pas pour nous, parce que…" in mails: they answer for one person, one actor, one need."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from actors.models import User

SALT = "coexist.refusal"
VALID_FOR = timedelta(days=60)


class ForgedLinkError(Exception):
    """Not one of ours, or cut on its way."""


class ExpiredLinkError(Exception):
    """Ours, and too old."""


def refusal_url(*, person: User, actor: int, need: int) -> str:
    """Absolute address, good for 60 days."""
    token = signing.dumps([person.pk, actor, need], salt=SALT)
    return settings.SITE_URL + reverse("mailed-refusal", args=[token])


def read_token(token: str) -> tuple[int, int, int]:
    """Keys of person, actor and need."""
    try:
        person, actor, need = map(int, signing.loads(token, salt=SALT, max_age=VALID_FOR))
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ForgedLinkError from error
    return person, actor, need
