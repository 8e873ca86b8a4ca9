"""The demo's Semaine: in the middle of November, always ahead."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from actors.models import Actor, User
from events.campaigns import moderation
from events.campaigns.models import Activity, Campaign, Coordination, Meeting, Support
from events.campaigns.near import holder_for, territory_of, zone_of
from events.campaigns.proposals import Proposer, propose_activity, propose_support
from events.campaigns.services import save_campaign
from events.models import Event

FRIDAY = 4
LENGTH, CALL_ENDS, AHEAD = timedelta(days=9), timedelta(days=30), timedelta(days=60)
SAME = ("theme", "territories", "contact_name", "contact_email", "contact_phone")


def load_campaign(content: dict, actors: dict[str, Actor], animator: User) -> Campaign:
    first = _first_day()
    campaign = Campaign(
        year=first.year, first_day=first, last_day=first + LENGTH, call_until=first - CALL_ENDS, state="open",
        text=content["text"].strip(), call_text=content["call_text"].strip(), **{name: content[name] for name in SAME},
    )  # fmt: skip
    save_campaign(campaign=campaign, lead=actors[content["lead"]], acting_user=animator)
    for entry in content["coordination"]:
        Coordination.objects.create(campaign=campaign, territory=entry["territory"], actor=actors[entry["actor"]])
    for entry in content["activity"]:
        _activity(campaign, entry, actors, animator)
    for entry in content["support"]:
        _support(campaign, entry, actors, animator)
    for entry in content["meeting"]:
        on = first - timedelta(days=entry["before"])
        Meeting.objects.create(
            campaign=campaign, territory=entry["territory"], title=entry["title"], on=on,
            is_done=entry.get("done", False),
        )  # fmt: skip
    return campaign


def _first_day() -> date:
    """The first Friday from the 12th of November on: this year's, where it is far enough ahead."""
    today = timezone.localdate()
    for year in (today.year, today.year + 1):
        day = date(year, 11, 12)
        first = day + timedelta(days=(FRIDAY - day.weekday()) % 7)
        if first >= today + AHEAD:
            break
    return first


def _activity(campaign: Campaign, entry: dict[str, Any], actors: dict[str, Actor], animator: User) -> None:
    country = entry.get("country", "FR")
    zone = zone_of(territory_of(entry["postcode"], country))
    day = campaign.first_day + timedelta(days=entry["day"])
    start = datetime.combine(day, time.fromisoformat(entry["hour"]), tzinfo=ZoneInfo(zone))
    event = Event(
        starts_at=start, ends_at=start + timedelta(hours=entry["hours"]), zone=zone, country=country, themes=[6, 17],
        languages=["fr"], audiences=["all"],
        **{name: entry[name] for name in ("title", "kind", "summary", "place", "city", "postcode")},
    )  # fmt: skip
    proposer = _proposer(entry, actors)
    activity = propose_activity(
        campaign=campaign, event=event, proposer=proposer, form_key=uuid4(), acting_user=proposer.person
    )
    _decide(activity, entry.get("state", "accepted"), entry.get("why", ""), animator)


def _support(campaign: Campaign, entry: dict[str, Any], actors: dict[str, Actor], animator: User) -> None:
    given = ("direction", "kind", "title", "detail", "quantity", "territory")
    support = Support(**{name: entry[name] for name in given if name in entry})
    proposer = _proposer(entry, actors)
    made = propose_support(
        campaign=campaign, support=support, proposer=proposer, form_key=uuid4(), acting_user=proposer.person
    )
    _decide(made, entry.get("state", "proposed"), "", animator)


def _proposer(entry: dict[str, Any], actors: dict[str, Actor]) -> Proposer:
    if "by" in entry:
        actor = actors[entry["by"]]
        return Proposer(person=actor.members.first(), actor=actor)
    return Proposer(structure=entry["structure"], name="Accueil", email="semaine@structure-locale.example")


def _decide(proposal: Activity | Support, state: str, why: str, animator: User) -> None:
    """By somebody of the ground's coordinator; by the animators where there is none."""
    if state == "proposed":
        return
    holder = holder_for(proposal.campaign, proposal.reach)
    coordinates = Coordination.objects.filter(campaign=proposal.campaign, actor=holder).exists()
    person = holder.members.first() if coordinates else None
    moderation.decide(proposal=proposal, to=state, seen=0, why=why, acting_user=person or animator)
