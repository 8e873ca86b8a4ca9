"""Links of the mails. Each answers for one registration and one thing; a GET on it changes nothing."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Registration

VERIFY, TAKE, GIVE_BACK, CERTIFICATE = "verify", "take", "give-back", "certificate"
VERIFY_WITHIN = timedelta(hours=24)
GOOD_FOR = timedelta(days=800)  # longer than dates are planned ahead; what is erased leads nowhere before
ADDRESSES = {
    VERIFY: "registration-verify",
    TAKE: "registration-take",
    GIVE_BACK: "registration-give-back",
    CERTIFICATE: "registration-certificate-link",
}


class ForgedLinkError(Exception):
    """Not one of ours, or cut on its way."""


class ExpiredLinkError(Exception):
    """Ours, and too old, or about what is erased."""


def path_for(registration: Registration, what: str) -> str:
    token = signing.dumps(registration.pk, salt=_salt(what))
    return reverse(ADDRESSES[what], args=[token])


def url_for(registration: Registration, what: str) -> str:
    return settings.SITE_URL + path_for(registration, what)


def find(token: str, what: str) -> Registration:
    """Raises ForgedLinkError and ExpiredLinkError."""
    try:
        pk = signing.loads(token, salt=_salt(what), max_age=VERIFY_WITHIN if what == VERIFY else GOOD_FOR)
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ForgedLinkError from error
    found = Registration.objects.select_related("event__organiser", "occurrence").filter(pk=pk, erased_at=None)
    registration = found.first()
    if registration is None:
        raise ExpiredLinkError
    return registration


def _salt(what: str) -> str:
    return f"coexist.registrations.{what}"
