"""A campaign, who coordinates it, what is proposed for it."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from actors.models import Actor
from coexist.common.territories import reach_of
from events.campaigns.enums import Direction, ProposalState
from events.campaigns.models import Activity, Campaign, Coordination, Decision, Meeting, Support
from events.campaigns.services import save_campaign
from tests.factories import events, network

START = timedelta(days=20)


def campaign(lead: Actor | None = None, **fields) -> Campaign:
    """Open to contributions, in three weeks, for ten days, in Haute-Savoie, the Ain and Genève."""
    first = timezone.localdate() + START
    made = Campaign(
        **{
            "name": "Semaine de la solidarité internationale", "year": first.year,
            "first_day": first, "last_day": first + timedelta(days=9), "state": "open",
            "theme": "L'eau, bien commun", "text": "Dix jours.", "territories": ["74", "01", "CH-GE"],
            "call_until": timezone.localdate() + timedelta(days=5), "contact_name": "Accueil de la Cité",
            "contact_email": "semaine@cite.example", **fields,
        }
    )  # fmt: skip
    return save_campaign(campaign=made, lead=lead or network.actor(), acting_user=None)


def coordination(of: Campaign, actor: Actor, territory: str = "74") -> Coordination:
    return Coordination.objects.create(campaign=of, actor=actor, territory=territory)


def activity(
    of: Campaign, organiser: Actor, *, state: str = ProposalState.PROPOSED, day: int = 1, **fields
) -> Activity:
    """Its event is a draft, or published where it is accepted."""
    own = ("structure", "proposer", "proposer_name", "proposer_email")
    mine = {name: fields.pop(name) for name in own if name in fields}
    zone = timezone.get_default_timezone()
    start = datetime.combine(of.first_day + timedelta(days=day), time(18), tzinfo=zone)
    accepted = state == ProposalState.ACCEPTED
    event = events.event(organiser, state="published" if accepted else "draft", **{"starts_at": start, **fields})
    made = Activity.objects.create(
        campaign=of, event=event, state=state, agenda_year=of.year if accepted else None, **mine
    )
    Decision.objects.create(activity=made, after=state)
    return made


def support(of: Campaign, direction: str = Direction.ASK, **fields) -> Support:
    place = fields.pop("territory", "74")
    told = {"kind": "premises", "title": "Une salle de 80 places", "territory": place, "reach": reach_of([place])}
    made = Support.objects.create(campaign=of, direction=direction, form_key=uuid4(), **{**told, **fields})
    Decision.objects.create(support=made, after=made.state)
    return made


def meeting(of: Campaign, territory: str = "74", **fields) -> Meeting:
    told = {"title": "Réunion de lancement", "on": of.first_day - timedelta(days=10)}
    return Meeting.objects.create(campaign=of, territory=territory, **{**told, **fields})
