"""A whole site of any size, made of the taxonomy's own words, always the same one, for measurements.

Actors and their offers are those of the directory's bench; projects, needs, events, achievements and resources follow
them, in shares that a network may have. Needs and resources borrow the vectors of offers: as long, as near to each
other.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from actors.enums import Mode, OfferKind
from actors.management import synthetic
from actors.management.synthetic import ABOUT, CITIES, FORMS, PUBLICS, SEED
from actors.models import Skill
from events.enums import EventKind, EventState
from events.models import Event, Occurrence
from mediatheque.enums import ResourceKind, ResourceState
from mediatheque.models import Resource
from projects.achievements.enums import AchievementState
from projects.achievements.models import Achievement, Contribution
from projects.enums import NeedState, ProjectState, Stage
from projects.following.models import Partnership
from projects.models import Need, Project

# Of a hundred rows.
SHARES = {"actors": 30, "projects": 16, "needs": 28, "events": 12, "achievements": 8, "resources": 6}
CHUNK = 2_000
SENTENCES = (
    "Nous travaillons sur {} {}, à {}.", "Il s'agit de {} {}, avec nos partenaires de {}.",
    "{}, {} : une équipe de {} y travaille depuis deux ans.", "Avec la commune, {} {}, puis un bilan à {}.",
)  # fmt: skip


def build(rows: int) -> None:
    """Fill the empty, migrated database in use with `rows` rows that everybody may find."""
    call_command("load_taxonomy", verbosity=0)
    number = {name: rows * share // 100 for name, share in SHARES.items()}
    synthetic.build(number["actors"])
    make = _Maker(number["actors"])
    _create(Project, number["projects"], make.project)
    make.projects = list(Project.objects.values_list("pk", flat=True))
    with _borrowing_vectors(Need, "need_nearest"):
        _create(Need, number["needs"], make.need)
    with _borrowing_vectors(Resource, "resource_nearest"):
        _create(Resource, number["resources"], make.resource)
    _create(Event, number["events"], make.event)
    _create_all(Occurrence, (make.occurrence(*event) for event in Event.objects.values_list("pk", "starts_at")))
    _create(Partnership, number["achievements"], lambda place: Partnership(title=f"P {place}", stage="completed"))
    partnerships = list(Partnership.objects.values_list("pk", flat=True))
    _create_all(Achievement, (make.achievement(partnership) for partnership in partnerships))
    achievements = list(Achievement.objects.values_list("pk", flat=True))
    _create_all(Contribution, (side for one in achievements for side in make.contributions(one)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


@contextmanager
def _borrowing_vectors(model: type[Model], index: str) -> Iterator[None]:
    """Rows made in the block get vectors of offers; their index is made afterwards, which is quicker."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {index}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} SET vector = offer.vector
               FROM (SELECT row_number() OVER (ORDER BY id) AS place, vector FROM actors_offer) offer,
                   (SELECT row_number() OVER (ORDER BY id) AS place, id FROM {table}) own
               WHERE offer.place = own.place AND own.id = {table}.id"""  # noqa: S608 - a table of ours
        )
        cursor.execute("SET maintenance_work_mem = '700MB'")
        cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")


def _create(model: type[Model], number: int, make: Callable[[int], Any]) -> None:
    _create_all(model, (make(place) for place in range(number)))


def _create_all(model: type[Model], rows: Iterator[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=CHUNK)


class _Maker:
    """Makes one row after the other, from one source of chance."""

    def __init__(self, actors: int) -> None:
        self.actors = actors
        self.chance = random.Random(SEED + 2)  # noqa: S311 - reproducible, not secret
        self.labels = sorted({label for skill in Skill.objects.exclude(parent=None) for label in skill.synonyms_fr})
        self.projects: list[int] = []
        self.now = timezone.now()

    def said(self, sentences: int = 1) -> str:
        return " ".join(
            self.chance.choice(SENTENCES).format(
                self.chance.choice(self.labels), self.chance.choice(PUBLICS), self.chance.choice(CITIES)
            )
            for _sentence in range(sentences)
        )

    def title(self) -> str:
        return f"{self.chance.choice(self.labels)} {self.chance.choice(PUBLICS)}".capitalize()[:150]

    def actor(self) -> int:
        return self.chance.randint(1, self.actors)

    def project(self, place: int) -> Project:
        return Project(
            lead_id=self.actor(), title=f"{self.title()}, {self.chance.choice(CITIES)}"[:150], slug=f"projet-{place}",
            summary=self.said()[:280], description=self.said(12), stage=self.chance.choice(Stage.values),
            state=ProjectState.PUBLISHED, published_at=self.now - timedelta(hours=place),
        )  # fmt: skip

    def need(self, place: int) -> Need:
        return Need(
            project_id=self.chance.choice(self.projects), title=self.title(), detail=self.said(4),
            kind=self.chance.choice(OfferKind.values), modes=[self.chance.choice(Mode.values)],
            state=NeedState.PUBLISHED, published_at=self.now - timedelta(hours=place),
        )  # fmt: skip

    def event(self, place: int) -> Event:
        starts_at = self.now + timedelta(hours=self.chance.randint(-8_000, 4_000))
        return Event(
            organiser_id=self.actor(), title=self.title(), slug=f"evenement-{place}", summary=self.said()[:280],
            description=self.said(8), kind=self.chance.choice(EventKind.values), state=EventState.PUBLISHED,
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), city=self.chance.choice(CITIES),
            uid=f"{place}@bench", published_at=self.now,
        )  # fmt: skip

    def occurrence(self, event: int, starts_at: Any) -> Occurrence:
        ends_at = starts_at + timedelta(hours=2)
        return Occurrence(event_id=event, planned_at=starts_at, starts_at=starts_at, ends_at=ends_at)

    def achievement(self, partnership: int) -> Achievement:
        names = " · ".join(f"{self.chance.choice(FORMS)} {self.chance.choice(ABOUT)}" for _side in range(2))
        return Achievement(
            partnership_id=partnership, title=self.title(), slug=f"realisation-{partnership}", year=2025,
            summary=self.said()[:280], done=self.said(15), state=AchievementState.PUBLISHED, published_at=self.now,
            actor_names=names,
        )  # fmt: skip

    def resource(self, place: int) -> Resource:
        return Resource(
            publisher_id=self.actor(), title=self.title(), slug=f"ressource-{place}", summary=self.said()[:280],
            description=self.said(6), kind=self.chance.choice(ResourceKind.values), year=2025,
            state=ResourceState.PUBLISHED, published_at=self.now,
        )  # fmt: skip

    def contributions(self, achievement: int) -> list[Contribution]:
        sides = self.chance.sample(range(1, self.actors + 1), 2)
        return [Contribution(achievement_id=achievement, actor_id=actor) for actor in sides]
