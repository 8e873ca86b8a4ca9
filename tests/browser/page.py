"""One page to look at."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.browser.visit import Visit
from tests.browser.world import World

VISITOR = ""


@dataclass(frozen=True)
class Page:
    name: str  # of the URL
    role: str = VISITOR  # attribute of World
    arguments: Callable[[World], list] = lambda world: []
    query: str = ""
    # What somebody does once there, to show the page in a state of interest.
    then: Callable[[Visit], None] | None = None
    note: str = ""
    elsewhere: bool = False  # the address sends on to the page meant

    def path(self, world: World) -> str:
        return reverse(self.name, args=self.arguments(world)) + self.query

    def __str__(self) -> str:
        return f"{self.name}{self.query}{' ' + self.note if self.note else ''} as {self.role or 'visitor'}"
