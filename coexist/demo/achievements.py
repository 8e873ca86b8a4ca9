"""The demo's achievements, told through the services that people use."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from actors.models import Actor, User
from coexist.demo.pictures import draw_scene
from projects.achievements import services
from projects.achievements.enums import AchievementState
from projects.achievements.models import Achievement, Contribution, Picture
from projects.following.models import Partnership
from projects.following.services import change_stage, open_by_hand
from projects.models import Need

NUMBERS = ("days_given", "amount")


def load_achievement(
    entry: dict, actors: dict[str, Actor], needs: dict[str, list[Need]], animator: User
) -> Achievement:
    partnership = _completed(entry, actors, needs, animator)
    row = services.open_achievement(partnership=partnership, acting_user=animator)
    sides = list(row.contributions.select_related("actor", "achievement__partnership").order_by("pk"))
    people = {side.pk: _person(side) for side in sides}
    row = services.save_story(achievement=row, told=_story(entry), seen=row.version, acting_user=people[sides[0].pk])
    by_slug = {side.actor.slug: side for side in sides}
    for said in entry.get("quotation", []):
        side = by_slug[said["actor"]]
        services.save_quotation(
            contribution=side, quotation=said["text"], author=said.get("author", ""), role=said.get("role", ""),
            acting_user=people[side.pk],
        )  # fmt: skip
    for shown in entry.get("picture", []):
        _picture(shown, by_slug[shown["actor"]], people)
    for graded in entry.get("grade", []):
        side = by_slug[graded["actor"]]
        services.appraise(
            contribution=side, grade=graded["grade"], comment=graded["comment"], acting_user=people[side.pk]
        )
    return _agree(entry, row, sides, people, animator)


def _completed(entry: dict, actors: dict[str, Actor], needs: dict[str, list[Need]], animator: User) -> Partnership:
    """One that the demo has already, found by its need; else one between actors, ended some time ago."""
    if "answer" in entry:
        need = needs[entry["answer"]["project"]][entry["answer"]["need"]]
        return Partnership.objects.get(need=need, stage="completed")
    made = open_by_hand(title=entry["title"], actors=[actors[slug] for slug in entry["actors"]], acting_user=animator)
    for party in made.parties.select_related("actor"):
        party.person = party.actor.members.order_by("pk").first()
        party.save(update_fields=["person"])
    for stage in ("discussion", "under_way", "completed"):
        made = change_stage(partnership=made, to=stage, seen=made.stage, why="", acting_user=animator)
    ended = timezone.now() - timedelta(days=entry["ended_days"])
    Partnership.objects.filter(pk=made.pk).update(stage_since=ended, created_at=ended - timedelta(days=300))
    return made


def _story(entry: dict) -> dict[str, Any]:
    names = ("title", "summary", "kinds", "themes", "territories", "people_reached", "currency", "year")
    told: dict[str, Any] = {name: entry[name] for name in names if name in entry}
    told |= {name: Decimal(entry[name]) for name in NUMBERS if name in entry}
    if "years_ago" in entry:
        told["year"] = timezone.localdate().year - entry["years_ago"]
    return told | {"done": entry["done"].strip()}


def _picture(entry: dict, side: Contribution, people: dict[int, User]) -> None:
    services.save_picture(
        picture=Picture(
            contribution=side, image=draw_scene(entry["scene"]), alternative=entry["shows"], credit=entry["credit"],
            people="nobody", form_key=uuid4(),
        ),
        acting_user=people[side.pk],
    )  # fmt: skip


def _agree(
    entry: dict, row: Achievement, sides: list[Contribution], people: dict[int, User], animator: User
) -> Achievement:
    """As far as the entry says: told only, agreed by everybody, or published some days ago."""
    if entry["state"] == AchievementState.DRAFT:
        return row
    for side in sides:
        version = Achievement.objects.values_list("version", flat=True).get(pk=row.pk)
        row = services.consent(contribution=side, agrees=True, seen=version, acting_user=people[side.pk])
    if entry["state"] == AchievementState.PUBLISHED:
        row = services.decide(
            achievement=row, to=AchievementState.PUBLISHED, why="", seen_state=row.state, seen_version=row.version,
            acting_user=animator,
        )  # fmt: skip
        when = timezone.now() - timedelta(days=entry["published_days"])
        Achievement.objects.filter(pk=row.pk).update(published_at=when, state_since=when)
    return row


def _person(side: Contribution) -> User:
    person = side.actor.members.order_by("pk").first()
    assert person is not None  # every actor of the demo has somebody
    return person
