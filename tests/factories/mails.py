"""Mails of each group, about rows that exist."""

from itertools import count

from actors.mails import ACCOUNT
from actors.models import User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import write_row
from projects.matching.mails import NEEDS_FOR_ACTOR
from projects.matching.models import Match
from projects.partnerships.mails import ANSWERED
from tests.factories import network

_numbers = count(1)


def a_match_for(person: User) -> Match:
    """An open need that suits an actor of this person."""
    need = network.need(network.project(network.actor()), f"Besoin {next(_numbers)}")
    return network.match(need, network.actor(owner=person))


def alert(to: User, match: Match | None = None, **fields) -> OutgoingEmail | None:
    """What CoExist proposes by itself: a need that suits the person's actor."""
    match = match or a_match_for(to)
    refers_to = {"actor": match.actor_id, "matches": [match.pk], "user": to.pk}
    return _row(NEEDS_FOR_ACTOR, to, subject=match.need.title, refers_to=refers_to, **fields)


def answer(to: User, **fields) -> OutgoingEmail | None:
    """Transactional: it leaves whatever the person chose."""
    return _row(ANSWERED, to, **fields)


def code(to: User, **fields) -> OutgoingEmail | None:
    """Secret: it holds a code that lets somebody in."""
    return _row(ACCOUNT, to, **{"subject": "Votre code", "body_text": "Code : ABC-123", **fields})


def _row(kind, to: User | None, **fields) -> OutgoingEmail | None:
    address = fields.pop("address", None) or (to.email if to else "")
    body = {"subject": "Bonjour", "body_text": "Un texte é", "body_html": "<p>Un texte é</p>"}
    return write_row(kind, to=to, address=address, **{"dedupe_key": f"test:{next(_numbers)}", **body, **fields})
