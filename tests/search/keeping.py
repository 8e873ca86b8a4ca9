"""Searches kept by people, and what appears afterwards."""

from actors.models import Actor, User
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need
from projects.search.alerts import send_due_alerts
from projects.search.models import SavedSearch
from projects.search.services import keep_search
from tests.factories import network


def kept(person: User, query: str = "q=puits", rhythm: str = "immediate", place: str = "everything") -> SavedSearch:
    return keep_search(acting_user=person, place=place, query=query, name="Des puits", rhythm=rhythm)


def new_actor(clock, title: str = "Forer un puits", **fields) -> Actor:
    actor = network.actor(approved_at=clock.now, summary="", **fields)
    network.offer(actor, title)
    return actor


def new_need(title: str = "Un puits à Podor", **fields) -> Need:
    return network.need(network.project(network.actor(summary="")), title, **fields)


def alerts(person: User | None = None) -> list[OutgoingEmail]:
    mails = OutgoingEmail.objects.filter(kind_code="search_alert").exclude(state=MailState.CANCELLED).order_by("pk")
    return list(mails.filter(recipient=person) if person else mails)


def later(clock, **by: float) -> int:
    """What the scheduler does when so much time is over; how many mails were written."""
    clock.forward(**by)
    return send_due_alerts()
