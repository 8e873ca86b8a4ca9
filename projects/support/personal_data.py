"""What a person wrote in requests for help: it stays with both sides, without a name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .models import ExpertOffer, SupportChange, SupportNote, SupportRequest


def _of(model: Any, name: str, *related: str) -> Any:
    def rows(person: Any, addresses: Addresses) -> QuerySet:
        return model._default_manager.filter(**{name: person}).select_related(*related)

    return rows


_REQUEST = ("title", "kind", "state", "created_at")
for _holding in (
    Holding("support_asked", _("Vos demandes d'accompagnement"),
            (*_REQUEST[:2], "actor", "expected", "by_date", "created_at"), _of(SupportRequest, "asked_by", "actor")),
    Holding("support_notes", _("Vos notes sur des accompagnements"), ("support", "on", "text", "at"),
            _of(SupportNote, "by", "support")),
    Holding("support_changes", _("Vos décisions sur des demandes d'accompagnement"),
            ("support", "before", "after", "why", "at"), _of(SupportChange, "by", "support")),
    Holding("support_followed", _("Les demandes d'accompagnement que vous suivez"), _REQUEST,
            _of(SupportRequest, "animator")),
    Holding("support_closed", _("Les accompagnements que vous avez clos"), ("title", "done", "done_on", "reference"),
            _of(SupportRequest, "done_by")),
    Holding("support_steps", _("Les étapes d'accompagnement qui vous reviennent"), ("title", "next_step", "next_due"),
            _of(SupportRequest, "next_person")),
    Holding("expert_offers_decided", _("Les accompagnements proposés sur lesquels vous avez décidé"),
            ("actor", "kind", "state", "decided_at"), _of(ExpertOffer, "decided_by", "actor")),
):  # fmt: skip
    register_holding(_holding)
