"""Registrations for the browser tests: their pages, and the addresses of what has no account."""

from typing import Any

from events.registrations import links
from events.registrations.models import Registration
from tests.browser.page import COMPANY, NEWCOMER, NGO, VISITOR, Page, submit


def event(world: Any) -> list:
    return [world.bookable.slug]


def date(world: Any) -> list:
    return [world.bookable.occurrences.first().pk]


def token(registration: Registration, what: str) -> str:
    return links.path_for(registration, what).split("/")[-2]


PAGES = [
    Page("event-detail", COMPANY, event, note="registered"),
    Page("registration-create", VISITOR, event, then=submit),
    Page("registration-create", NEWCOMER, event, note="with an account"),
    Page("registration-list", COMPANY),
    Page("registration-list", NEWCOMER, note="empty"),
    Page("registration-verify", VISITOR, lambda world: [token(world.unverified, "verify")]),
    Page("registration-take", VISITOR, lambda world: [token(world.promoted, "take")]),
    Page("registration-give-back", VISITOR, lambda world: [token(world.registered, "give-back")]),
    Page(
        "registration-certificate-link",
        VISITOR,
        lambda world: [token(world.registered, "certificate")],
        status=404,
        note="before the end",
    ),
    Page("event-registrations", NGO, event),
    Page("registration-add", NGO, event),
    Page("registration-withdraw", NGO, lambda world: [world.registered.pk]),
    Page("attendance", NGO, date),
    Page("attendance-sheet", NGO, date),
]
