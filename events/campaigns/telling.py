"""Who is told what, inside the transaction of what happened."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from actors.models import User
from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from .links import follow_path
from .mails import DECIDED, TIED, TO_DECIDE
from .models import Activity, Coordination, Decision, Support


def tell_decision(proposal: Activity | Support, decision: Decision) -> None:
    """Once to who proposed it; to the structure's writers where that account is gone."""
    for person, address in _readers(proposal):
        queue_mail(
            DECIDED, to=person, address=address, refers_to={proposal.kind_in_address: proposal.pk},
            dedupe_key=f"{DECIDED.code}:{_key(proposal)}:{proposal.turn}:{person.pk if person else ''}",
            context={
                "proposal": proposal, "decision": decision, "campaign": proposal.campaign,
                "link": _link(proposal, person), "may_offer": _may_offer(proposal),
            },
        )  # fmt: skip


def tell_tied(offer: Support, ask: Support) -> None:
    """To who asked: somebody offers it. Addresses stay with the coordinator, who brings the two together."""
    for person, address in _readers(ask):
        queue_mail(
            TIED, to=person, address=address, refers_to={ask.kind_in_address: ask.pk},
            dedupe_key=f"{TIED.code}:{offer.pk}:{offer.turn}:{person.pk if person else ''}",
            context={"offer": offer, "ask": ask, "campaign": ask.campaign, "link": _link(ask, person)},
        )  # fmt: skip


def tell_coordinators(proposal: Activity | Support) -> None:
    """The writers of the ground's coordinators, at most one mail a day each: their page has the others."""
    campaign = proposal.campaign
    rows = Coordination.objects.standing().filter(campaign=campaign, territory__in=proposal.reach)
    people = {person.pk: person for row in rows.select_related("actor") for person in ledger.writers(row.actor)}
    link = settings.SITE_URL + reverse("coordination", args=[campaign.year])
    for person in people.values():
        if person.pk == proposal.proposer_id:
            continue
        queue_mail(
            TO_DECIDE, to=person, refers_to={"campaign": campaign.pk},
            dedupe_key=f"{TO_DECIDE.code}:{campaign.pk}:{person.pk}:{timezone.localdate()}",
            context={"proposal": proposal, "campaign": campaign, "link": link},
        )  # fmt: skip


def _readers(proposal: Activity | Support) -> list[tuple[User | None, str]]:
    if proposal.proposer is not None and proposal.proposer.is_active:
        return [(proposal.proposer, "")]
    if proposal.proposer_email:
        return [(None, proposal.proposer_email)]
    return [(person, "") for person in ledger.writers(proposal.owner)] if proposal.owner else []


def _link(proposal: Activity | Support, person: User | None) -> str:
    return settings.SITE_URL + (proposal.get_absolute_url() if person else follow_path(proposal))


def _may_offer(proposal: Activity | Support) -> bool:
    """An actor that offers support may say so on its profile, for every need to come."""
    return isinstance(proposal, Support) and not proposal.is_ask and proposal.actor is not None


def _key(proposal: Activity | Support) -> str:
    return f"{proposal.kind_in_address}:{proposal.pk}"
