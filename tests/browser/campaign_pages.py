"""The Semaine for the browser tests: its rows, its pages, and the addresses of what has no account."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from actors.models import Actor
from events.campaigns.enums import Direction
from events.campaigns.links import confirm_url, follow_path
from events.campaigns.models import Activity, Campaign, Support, Unconfirmed
from events.programme.models import ProgrammePrint
from tests.browser.page import ANIMATOR, COMPANY, NEWCOMER, NGO, VISITOR, Page, open_all, submit
from tests.browser.visit import Visit
from tests.factories import campaigns


def plant_campaign(ngo: Actor, company: Actor) -> Campaign:
    """Coordinated by the NGO, proposed to by the company and by somebody without an account."""
    week = campaigns.campaign(ngo, text="## Dix jours\n\nDes films, des repas.", call_text="Une idée suffit.")
    campaigns.coordination(week, ngo)
    campaigns.coordination(week, ngo, "CH-GE")
    campaigns.activity(week, company, state="accepted", title="Fresque de l'eau pour petits et grands", day=0)
    campaigns.activity(week, company, title="Une proposition de l'entreprise", proposer=company.members.first())
    campaigns.activity(
        week, ngo, state="changes", title="Ciné-débat du cinéma associatif des Trois-Vallées", structure="Cinéma",
        proposer_name="Zoé", proposer_email="une.adresse.assez.longue@cinema-associatif.example",
    )  # fmt: skip
    campaigns.support(week, structure="MJC", state="accepted")
    campaigns.support(week, Direction.OFFER, actor=company, title="Douze grilles")
    campaigns.meeting(week)
    campaigns.meeting(week, is_done=True, on=week.first_day - timedelta(days=40))
    Unconfirmed.objects.create(
        campaign=week, what="ask", name="Zoé", email="zoe@test.example", structure="MJC", data={}, form_key=uuid4()
    )
    for layout, state, progress in (("a4", "done", 100), ("a5", "making", 40)):
        ProgrammePrint.objects.create(
            campaign=week, layout=layout, order="town", state=state, progress=progress, made_at=timezone.now(),
            file="programmes/" + "a" * 32 + ".pdf" if state == "done" else "",
        )  # fmt: skip
    ProgrammePrint.objects.create(campaign=week, layout="a4", order="day", state="failed", error="Pango")
    return week


def year(world: Any) -> list:
    return [world.week.year]


def proposed(world: Any) -> list:
    return ["activites", Activity.objects.get(state="proposed").pk]


def offered(world: Any) -> list:
    return ["soutiens", Support.objects.get(direction="offer").pk]


def follow_token(world: Any) -> list:
    return [follow_path(Activity.objects.get(state="changes")).split("/")[-2]]


def confirm_token(world: Any) -> list:
    return [confirm_url(Unconfirmed.objects.get()).split("/")[-2]]


def _ask_without_a_layout(visit: Visit) -> None:
    visit.page.locator("main input[type=radio]").evaluate_all("all => all.forEach(e => e.checked = false)")
    submit(visit)


PAGES = [
    Page("campaign", VISITOR, year),
    Page("campaign", NGO, year, query="?cp=74100&pays=FR"),
    Page("campaign", VISITOR, year, query="?cp=nulle+part"),
    Page("activity-propose", VISITOR, year, then=submit),
    Page("activity-propose", COMPANY, year),
    Page("support-propose", VISITOR, lambda world: [world.week.year, "offrir"], then=submit),
    Page("proposal-confirm", VISITOR, confirm_token),
    Page("proposal-follow", VISITOR, follow_token),
    Page("proposal-list", COMPANY),
    Page("proposal-list", NEWCOMER, query="?type=soutiens"),
    Page("proposal", NGO, proposed, then=open_all),
    Page("proposal", COMPANY, proposed),
    Page("proposal", NGO, offered, then=open_all, note="offer"),
    Page("coordination", NGO, year, then=open_all),
    Page("programme", NGO, year, then=_ask_without_a_layout),
    Page("coordination", ANIMATOR, year, query="?type=demandes&etat=accepted"),
]
