"""Proposing an activity, asking for support, offering it; with an account, or once an address is confirmed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Actor, User
from coexist.common.mail.queue import queue_mail
from coexist.common.places import place_of
from coexist.common.territories import reach_of
from events.models import Event
from events.services import save_event

from . import telling
from .links import confirm_url
from .mails import CONFIRM
from .models import Activity, Campaign, Decision, Support, Unconfirmed
from .near import holder_for

LONGEST_TEXT = 6000  # of an event


class CampaignError(Exception):
    """Why this is not possible (any more), as a sentence for the person."""


@dataclass(frozen=True)
class Proposer:
    """A person with an account, for an actor or a named structure; or a name and a confirmed address."""

    person: User | None = None
    actor: Actor | None = None
    structure: str = ""
    name: str = ""
    email: str = ""

    def fields(self) -> dict:
        return {
            "proposer": self.person,
            "structure": "" if self.actor else self.structure,
            "proposer_name": "" if self.person else self.name,
            "proposer_email": "" if self.person else self.email,
        }


@transaction.atomic
def propose_activity(
    *, campaign: Campaign, event: Event, proposer: Proposer, form_key: UUID, acting_user: User | None
) -> Activity:
    """The event becomes a draft of the actor; of the ground's coordinator where the structure is none.

    A second click finds the first. Raises CampaignError when the call is over, or the town lies elsewhere.
    """
    locked, known = _locked(campaign, Activity, form_key)
    if known is not None:
        return known
    reach = ground_of(str(event.country), event.postcode, event.city)
    _check_ground(locked, reach)
    event.organiser = proposer.actor or holder_for(locked, reach)
    if proposer.actor is None:
        said = _("Proposé par : %(structure)s.") % {"structure": proposer.structure}
        event.description = f"{said}\n\n{event.description}".strip()[:LONGEST_TEXT]
    save_event(event=event, acting_user=acting_user)
    activity = Activity.objects.create(campaign=locked, event=event, form_key=form_key, **proposer.fields())
    _opened(activity, acting_user)
    return activity


@transaction.atomic
def propose_support(
    *, campaign: Campaign, support: Support, proposer: Proposer, form_key: UUID, acting_user: User | None
) -> Support:
    """Ask for support, or offer it. Raises CampaignError as for an activity."""
    locked, known = _locked(campaign, Support, form_key)
    if known is not None:
        return known
    support.campaign, support.form_key, support.actor = locked, form_key, proposer.actor
    support.reach = reach_of([support.territory])
    _check_ground(locked, support.reach)
    for name, value in proposer.fields().items():
        setattr(support, name, value)
    support.save()
    _opened(support, acting_user)
    return support


@transaction.atomic
def keep_unconfirmed(
    *, campaign: Campaign, what: str, data: dict, name: str, email: str, structure: str, form_key: UUID
) -> Unconfirmed:
    """Keep what somebody without an account typed, and mail the link that confirms the address."""
    row, is_new = Unconfirmed.objects.get_or_create(
        form_key=form_key,
        defaults={
            "campaign": campaign, "what": what, "data": data, "name": name, "email": email, "structure": structure,
        },
    )  # fmt: skip
    if is_new:
        queue_mail(
            CONFIRM, to=None, address=row.email, dedupe_key=f"{CONFIRM.code}:{row.form_key}",
            context={"row": row, "campaign": campaign, "link": confirm_url(row)}, refers_to={"unconfirmed": row.pk},
        )  # fmt: skip
    return row


def ground_of(country: str, postcode: str, city: str) -> list[str]:
    """The territories that hold an address, as events have them."""
    found = place_of(country=country, postcode=postcode, city=city)
    return reach_of([found.code]) if found else []


def _locked(campaign: Campaign, model: Any, form_key: UUID) -> tuple[Campaign, Any]:
    locked = (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("project__lead")
        .get(pk=campaign.pk)
    )
    known = model._default_manager.filter(form_key=form_key).first()
    if known is None and not locked.takes_proposals:
        raise CampaignError(_("L'appel à contributions est clos."))
    return locked, known


def _check_ground(campaign: Campaign, reach: list[str]) -> None:
    if not set(reach) & set(campaign.territories):
        raise CampaignError(_("Ce lieu n'est sur aucun territoire de la campagne."))


def _opened(proposal: Activity | Support, acting_user: User | None) -> None:
    note(proposal, before="", why="", by=acting_user)
    telling.tell_coordinators(proposal)


def note(proposal: Activity | Support, *, before: str, why: str, by: User | None) -> Decision:
    """A line of its history."""
    which = {"activity": proposal} if isinstance(proposal, Activity) else {"support": proposal}
    return Decision.objects.create(before=before, after=proposal.state, why=why, by=by, **which)
