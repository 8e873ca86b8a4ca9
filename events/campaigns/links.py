"""Links in mails for people without an account: signed, for one row each."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Activity, Proposal, Support, Unconfirmed

CONFIRM_SALT, FOLLOW_SALT = "coexist.campaigns.confirm", "coexist.campaigns.follow"
MODELS: dict[str, Any] = {model.kind_in_address: model for model in (Activity, Support)}


def confirm_url(row: Unconfirmed) -> str:
    token = signing.dumps([row.pk, str(row.form_key)], salt=CONFIRM_SALT)
    return settings.SITE_URL + reverse("proposal-confirm", args=[token])


def follow_path(proposal: Proposal) -> str:
    token = signing.dumps([proposal.kind_in_address, proposal.pk], salt=FOLLOW_SALT)
    return reverse("proposal-follow", args=[token])


def unconfirmed_of(token: str) -> Unconfirmed | None:
    """None where it was confirmed or forgotten meanwhile; raises BadSignature for a forged link."""
    key, form_key = signing.loads(token, salt=CONFIRM_SALT)
    return Unconfirmed.objects.select_related("campaign__project__lead").filter(pk=key, form_key=form_key).first()


def followed(token: str) -> Any:
    """The proposal of a link, for as long as its proposer's address is kept; raises BadSignature."""
    kind, key = signing.loads(token, salt=FOLLOW_SALT)
    rows = MODELS[kind]._default_manager.with_card_data().filter(proposer=None).exclude(proposer_email="")
    return rows.filter(pk=key).first()
