"""A campaign that we coordinate and another contributes to, and forms as people would send them."""

from datetime import timedelta
from uuid import uuid4

from actors.models import Actor
from events.campaigns.enums import Direction
from events.campaigns.links import confirm_url, follow_path
from events.campaigns.models import Campaign, Support, Unconfirmed
from tests.factories import campaigns


def of_campaigns(ours: Actor, others: Actor, partner: Actor) -> dict[str, tuple]:
    week = campaigns.campaign(partner)
    early = {"first_day": week.first_day - timedelta(days=400), "last_day": week.last_day - timedelta(days=400)}
    draft = campaigns.campaign(partner, year=week.year - 2, state="draft", **early)
    campaigns.coordination(draft, ours)
    campaigns.coordination(week, ours)
    campaigns.coordination(week, partner, "CH-GE")
    other = others.members.first()
    held = campaigns.activity(week, ours, structure="Cinéma", proposer_name="Zoé", proposer_email="zoe@test.example")
    far = campaigns.activity(week, partner, city="Genève", postcode="1205", country="CH")
    offer = campaigns.support(week, Direction.OFFER, actor=others, proposer=other)
    campaigns.support(week, structure="MJC", state="accepted")
    pending = Unconfirmed.objects.create(
        campaign=week, what="ask", name="Zoé", email="zoe@test.example", structure="MJC", form_key=uuid4(),
        data={name: [value] for name, value in _support("Une salle").items()},
    )  # fmt: skip
    return {
        "week": (week.year,),
        "draft_week": (draft.year,),
        "week_ask": (week.year, "demander"),
        "week_nonsense": (week.year, "voler"),
        "activity": ("activites", campaigns.activity(week, others, proposer=other).pk),
        "far_activity": ("activites", far.pk),
        "campaign_offer": ("soutiens", offer.pk),
        "tied_offer": (offer.pk,),
        "pending_token": (confirm_url(pending).split("/")[-2],),
        "follow_token": (follow_path(held).split("/")[-2],),
        "meeting": (campaigns.meeting(week).pk,),
        "week_event": (campaigns.activity(week, others, state="accepted").event.slug,),
    }


def _support(title: str) -> dict:
    return {
        "kind": "premises", "title": title, "territory": "74", "structure": "MJC", "name": "Zoé",
        "email": "zoe@test.example",
    }  # fmt: skip


def campaign_forms() -> dict:
    week = Campaign.objects.current()
    return {
        "activity-propose": {
            "structure": "Cinéma", "name": "Zoé", "email": "zoe@test.example", "title": "Ciné-débat",
            "kind": "screening", "summary": "Un film.", "first_day": week.first_day, "first_time": "20:00",
            "postcode": "74100", "city": "Annemasse", "country": "FR", "form_key": uuid4(),
        },
        "support-propose": _support("Douze grilles") | {"form_key": uuid4()},
        "proposal-follow": {"seen": 0, "withdraw": "1"},
        "proposal-own": {"seen": 0, "withdraw": "1"},
        "proposal-decide": {"seen": 0, "to": "declined", "why": "Complet ce jour-là."},
        "support-tie": {"seen": 0, "ask": Support.objects.get(state="accepted").pk},
        "meeting-create": {"title": "Bilan", "on": week.first_day, "territory": "74", "form_key": uuid4()},
        "meeting-done": {"done": "1"},
        "programme": {"layout": "a5", "order": "day"},
    }  # fmt: skip


def campaign_typed(lead: Actor) -> dict:
    return {
        "year": 2041, "name": "Semaine", "first_day": "2041-11-15", "last_day": "2041-11-24", "state": "draft",
        "call_until": "2041-10-01", "contact_name": "Accueil", "contact_email": "a@test.example", "lead": lead.slug,
        "territories": ["74"],
    }  # fmt: skip


def admin_of_campaigns(lead: Actor) -> dict[str, object]:
    week = campaigns.campaign(lead, year=2031, state="draft")
    return {
        "campaigns_campaign": week.pk,
        "campaigns_activity": campaigns.activity(week, lead).pk,
        "campaigns_support": campaigns.support(week).pk,
    }
