"""What campaigns keep about a person: what they proposed, with an account or an address, and what they decided."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .models import Activity, Decision, Meeting, Support, Unconfirmed


def _proposed(model: Any, *related: str) -> Any:
    def rows(person: Any, addresses: Addresses) -> QuerySet:
        mine = Q(proposer=person) | Q(proposer_email__in=addresses)
        return model._default_manager.filter(mine).select_related("campaign", *related)

    return rows


def _forget(model: Any) -> Any:
    """The account is gone, and what was sent from its addresses before it existed."""

    def erase(person: Any, addresses: Addresses) -> None:
        rows = model._default_manager.filter(proposer_email__in=addresses)
        rows.update(proposer_name="", proposer_email="")

    return erase


def _by(model: Any, name: str, *related: str) -> Any:
    def rows(person: Any, addresses: Addresses) -> QuerySet:
        mine = model._default_manager.filter(**{name: person})
        return mine.select_related(*related) if related else mine

    return rows


def _unconfirmed(person: Any, addresses: Addresses) -> QuerySet:
    return Unconfirmed.objects.filter(email__in=addresses).select_related("campaign")


_PROPOSED = ("campaign", "structure", "proposer_name", "proposer_email", "state", "created_at")
for _holding in (
    Holding("campaign_activities", _("Les activités que vous avez proposées"), ("event", *_PROPOSED),
            _proposed(Activity, "event"), erase=_forget(Activity)),
    Holding("campaign_support", _("Les soutiens que vous avez demandés ou offerts"),
            ("direction", "title", "detail", *_PROPOSED), _proposed(Support), erase=_forget(Support)),
    Holding("campaign_unconfirmed", _("Les propositions dont vous n'avez pas confirmé l'adresse"),
            ("campaign", "structure", "name", "email", "created_at"), _unconfirmed,
            erase=lambda person, addresses: _unconfirmed(person, addresses).delete()),
    Holding("campaign_decisions", _("Vos décisions sur des propositions de campagne"),
            ("activity", "support", "before", "after", "why", "at"),
            _by(Decision, "by", "activity__event", "support")),
    Holding("campaign_meetings", _("Les réunions de campagne que vous avez cochées"), ("title", "on", "territory"),
            _by(Meeting, "done_by")),
):  # fmt: skip
    register_holding(_holding)
