"""Deciding on proposals: each step in one transaction, with who, when and why; nothing from a page out of date."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, User
from events import services as events
from events.enums import EventState
from projects.enums import NeedState
from projects.matching.enums import RefusalReason
from projects.matching.models import Refusal
from projects.models import Need
from projects.services import end_need, publish, save_need

from . import rules, telling
from .enums import AS_NEED, ProposalState, SupportKind
from .models import Activity, Support
from .proposals import CampaignError, note

NEEDS_WHY = (ProposalState.CHANGES_ASKED, ProposalState.DECLINED)
TO_DECIDE = (ProposalState.ACCEPTED, *NEEDS_WHY)


@transaction.atomic
def decide(*, proposal: Activity | Support, to: str, seen: int, acting_user: User, why: str = "") -> Activity | Support:
    """Accept, ask for changes, decline. `seen` is `turn` on the page that was sent.

    Accepting publishes the event, or makes a need of the ask. Raises CampaignError.
    """
    locked = _locked(proposal, seen)
    if to not in TO_DECIDE or to == locked.state or not rules.can_decide(acting_user, locked):
        raise CampaignError(_("Cette décision n'est pas possible."))
    if to in NEEDS_WHY and not why.strip():
        raise CampaignError(_("Dites pourquoi : qui propose le lira."))
    if to == ProposalState.ACCEPTED:
        _accept(locked, acting_user)
    return _go(locked, to, why, acting_user)


@transaction.atomic
def tie(*, offer: Support, ask: Support, seen: int, acting_user: User, fills: bool = False) -> Support:
    """An offer answers an ask: both are told. `fills`: the need is filled, and looked for no more."""
    locked: Any = _locked(offer, seen)
    if locked.is_ask or not rules.can_decide(acting_user, locked):
        raise CampaignError(_("Cette décision n'est pas possible."))
    asks = Support.objects.asks().accepted().moderated_by(acting_user).filter(campaign=locked.campaign)
    found = asks.select_related("actor", "need").filter(pk=ask.pk).first()
    if found is None:
        raise CampaignError(_("Cette demande n'est plus ouverte."))
    locked.tied_to = found
    if fills and found.need:
        end_need(need=found.need, state=NeedState.FILLED, acting_user=acting_user)
    _go(locked, ProposalState.ACCEPTED, "", acting_user)
    telling.tell_tied(locked, found)
    return locked


@transaction.atomic
def answer(*, proposal: Activity | Support, text: str, seen: int, acting_user: User | None) -> Activity | Support:
    """Who proposed it has changed or said what was asked: it waits for a decision again."""
    locked = _locked(proposal, seen)
    if not rules.can_answer(locked):
        raise CampaignError(_("Cette proposition n'attend pas de réponse."))
    _go(locked, ProposalState.PROPOSED, text, acting_user, tells=False)
    telling.tell_coordinators(locked)
    return locked


@transaction.atomic
def withdraw(*, proposal: Activity | Support, seen: int, acting_user: User | None, why: str = "") -> Activity | Support:
    """Who proposed it takes it back; what was made of it ends, but an actor's own event, which stays its own."""
    locked = _locked(proposal, seen)
    if not rules.can_withdraw(locked):
        raise CampaignError(_("Cette proposition ne peut plus être retirée."))
    if isinstance(locked, Activity):
        locked.agenda_year = None
        if locked.structure and locked.event.state == EventState.PUBLISHED:
            because = _("%(structure)s a retiré cette activité.") % {"structure": locked.structure}
            events.cancel_event(event=locked.event, because=because, acting_user=acting_user)  # type: ignore[arg-type]
    elif locked.need:
        end_need(need=locked.need, state=NeedState.CLOSED, acting_user=acting_user)
    return _go(locked, ProposalState.WITHDRAWN, why, acting_user, tells=False)


def _accept(proposal: Activity | Support, acting_user: User) -> None:
    if isinstance(proposal, Activity):
        proposal.agenda_year = proposal.campaign.year
        events.publish(event=proposal.event, acting_user=acting_user)
    elif proposal.is_ask:
        proposal.need = _need(proposal, acting_user)


def _need(ask: Support, acting_user: User) -> Need:
    """A need of the campaign's project; nobody is proposed for what they ask for themselves."""
    kind, modes = AS_NEED[SupportKind(ask.kind)]
    campaign = ask.campaign
    detail = _("%(who)s le demande pour la %(campaign)s (%(where)s).") % {
        "who": ask.who, "campaign": campaign, "where": ask.territory_name,
    }  # fmt: skip
    need = Need(
        project=campaign.project, title=ask.title, detail=f"{ask.detail}\n\n{detail}".strip()[:3000], kind=kind,
        modes=[str(mode) for mode in modes], quantity=ask.quantity,
        ends_on=campaign.last_day if campaign.last_day >= timezone.localdate() else None,
    )  # fmt: skip
    save_need(need=need, skills=None, acting_user=acting_user)
    if ask.actor:
        Refusal.objects.create(
            need=need, actor=ask.actor, by_actor=False, reason=RefusalReason.OTHER, text=_("C'est sa propre demande.")
        )
    publish(project=campaign.project, needs=[need], acting_user=acting_user)
    return need


def _locked(proposal: Activity | Support, seen: int) -> Activity | Support:
    """The row, locked. Raises CampaignError where it was decided since the page was made."""
    rows = type(proposal)._default_manager.select_for_update(of=("self",))
    related = ("event__organiser",) if isinstance(proposal, Activity) else ("actor", "need")
    locked = rows.select_related("campaign__project__lead", "proposer", *related).get(pk=proposal.pk)
    if locked.turn != seen:
        raise CampaignError(_meanwhile(locked))
    return locked


def _go(
    proposal: Activity | Support, to: str, why: str, acting_user: User | None, *, tells: bool = True
) -> Activity | Support:
    before = proposal.state
    proposal.state, proposal.decided_at = ProposalState(to), timezone.now()
    proposal.turn += 1
    proposal.save()
    decision = note(proposal, before=before, why=why, by=acting_user)
    if tells:
        telling.tell_decision(proposal, decision)
    return proposal


def _meanwhile(proposal: Activity | Support) -> str:
    last = proposal.decisions.select_related("by").last()
    if last is None:
        return _("Cette page n'est plus à jour : rechargez-la.")
    return _("Entre-temps, %(who)s a déjà décidé (%(when)s) : %(what)s.") % {
        "who": last.by or _("la structure"),
        "when": date_format(timezone.localtime(last.at), "DATETIME_FORMAT"),
        "what": last.get_after_display(),
    }


def move_campaigns(*, kept: Actor, absorbed: Actor) -> None:
    """Two actors became one: it coordinates and asks where both did."""
    mine = set(kept.coordinations.values_list("campaign", "territory"))
    for row in absorbed.coordinations.all():
        if (row.campaign_id, row.territory) in mine:
            row.delete()
        else:
            row.actor = kept
            row.save(update_fields=["actor"])
    Support.objects.filter(actor=absorbed).update(actor=kept)
