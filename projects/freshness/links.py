"""The link of a nudge: one person, and the profiles and needs that the mail named."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "coexist.freshness"
VALID_FOR = timedelta(days=60)


class BadLinkError(Exception):
    """Not one of ours, cut on its way, or too old."""


@dataclass(frozen=True)
class Named:
    person: int
    actors: list[int]
    needs: list[int]


def confirm_url(named: Named) -> str:
    token = signing.dumps([named.person, named.actors, named.needs], salt=SALT, compress=True)
    return settings.SITE_URL + reverse("confirm-fresh", args=[token])


def read_token(token: str) -> Named:
    try:
        person, actors, needs = signing.loads(token, salt=SALT, max_age=VALID_FOR)
        return Named(int(person), [int(key) for key in actors], [int(key) for key in needs])
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLinkError from error
