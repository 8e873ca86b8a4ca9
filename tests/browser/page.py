"""A page of the browser tests: who sees the most of it, and what somebody does there; pages.py has them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.browser.visit import Visit

if TYPE_CHECKING:
    from tests.browser.world import World


VISITOR = ""
NGO, COMPANY, NEWCOMER, ANIMATOR = "ngo_owner", "company_owner", "newcomer", "animator"


@dataclass(frozen=True)
class Page:
    name: str  # of the URL
    role: str = VISITOR  # attribute of World
    arguments: "Callable[[World], list]" = lambda world: []
    query: str = ""
    # What somebody does once there, to show the page in a state of interest.
    then: Callable[[Visit], None] | None = None
    note: str = ""
    elsewhere: bool = False  # the address sends on to the page meant
    status: int = 200

    def path(self, world: "World") -> str:
        return reverse(self.name, args=self.arguments(world)) + self.query

    def __str__(self) -> str:
        return f"{self.name}{self.query}{' ' + self.note if self.note else ''} as {self.role or 'visitor'}"


def submit(visit: Visit) -> None:
    """Send the page's own form as it stands, with the required fields empty."""
    visit.page.locator("main form[method=post] [type=submit]:not([tabindex='-1'])").first.click()
    visit.page.locator(".invalid-feedback, .notice-error").first.wait_for()


def open_all(visit: Visit) -> None:
    visit.page.locator("main details").evaluate_all("all => all.forEach(e => e.open = true)")
