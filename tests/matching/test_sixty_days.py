"""Sixty days of a small network: each mail that left, to whom and when; all other days are quiet."""

from collections import defaultdict
from datetime import timedelta

import pytest

from actors import services as actor_services
from projects import services as project_services
from projects.enums import NeedState
from projects.matching.models import Match
from projects.partnerships import services as introductions
from projects.partnerships.enums import Side
from tests.factories import people

from . import caps
from .small_network import NAMES, PROPOSAL, QUESTION, REMINDER, START, WANTED, SmallNetwork, local_day, upgrade_engine

pytestmark = pytest.mark.django_db

WHO = {"ann": "immediate", "bob": "daily", "cleo": "weekly", "no": "immediate", "yes": "immediate", "gone": "immediate"}


def test_who_is_told_what_and_when(clock, monkeypatch):
    days = SmallNetwork(clock, actors=0)
    first = days.needs[0]
    actor = {name: days.join_actor(digest) for name, digest in WHO.items()}
    second = []

    def publish_second():
        second.append(days.publish_need())

    events = {
        2: lambda: days.refuse_by_mail(days.owner_of(actor["no"])),
        3: lambda: introductions.ask(
            need=first, actor=actor["yes"], side=Side.ACTOR, message="Oui", acting_user=days.owner_of(actor["yes"])
        ),
        4: lambda: actor_services.decide(
            actor=actor["gone"], state="suspended", reason="Test", acting_user=people.superuser()
        ),
        26: lambda: days.change_need(first, title=WANTED.upper(), detail="Deux heures."),  # nothing material
        30: publish_second,
        32: lambda: introductions.ask(
            need=second[0], actor=actor["yes"], side=Side.PROJECT, message="Et vous ?", acting_user=days.lead_owner
        ),
        33: lambda: project_services.end_need(need=second[0], state=NeedState.FILLED, acting_user=days.lead_owner),
        45: lambda: days.change_need(first, modes=["pro_bono", "paid"]),
        55: lambda: upgrade_engine(monkeypatch, "60 jours", bias=-6.0),
    }
    days.run_jobs()
    for day in range(1, 61):
        clock.now = START + timedelta(days=day)
        if day in events:
            events[day]()
            days.run_jobs()
        days.run_jobs()

    expected = {
        0: {(PROPOSAL, "ann"), (PROPOSAL, "no"), (PROPOSAL, "yes"), (PROPOSAL, "gone"), (NAMES, "3 actors")},
        1: {(PROPOSAL, "bob")},  # the daily digest
        7: {(REMINDER, "ann"), (PROPOSAL, "cleo")},  # nobody who refused, said yes or was suspended; Monday's digest
        9: {(REMINDER, "bob")},  # due on day 8, after that day's digest
        21: {(REMINDER, "cleo")},
        30: {(PROPOSAL, "ann"), (PROPOSAL, "no"), (PROPOSAL, "yes"), (NAMES, "3 actors")},
        31: {(PROPOSAL, "bob")},
        32: {(QUESTION, "yes")},
        # Day 33, the second need is filled: no proposal to cleo on Monday, no reminder to anybody.
        45: {(PROPOSAL, "ann"), (NAMES, "3 actors")},  # the first need changed materially
        46: {(PROPOSAL, "bob")},
        49: {(PROPOSAL, "cleo")},
        # No second reminder, and day 55, the new engine, is silent.
    }
    assert what_left(days, actor) == expected
    assert set(Match.objects.filter(need=first, is_current=True).values_list("version", flat=True)) == {"60 jours"}
    caps.check_all(days.sent(), {("need", first.pk): [START + timedelta(days=45)]})


def what_left(days: SmallNetwork, actor: dict) -> dict[int, set]:
    """By day: channel and actor, once each; of the project's mails how many names one holds."""
    called = {each.pk: name for name, each in actor.items()}
    told = defaultdict(list)
    for each in days.sent():
        told[(local_day(each.at) - START.date()).days].append((each.channel, called[each.actor]))
    assert all(len(set(day)) == len(day) for day in told.values()), told
    return {day: _names_counted(each) for day, each in told.items()}


def _names_counted(day: list[tuple[str, str]]) -> set[tuple[str, str]]:
    names = [each for each in day if each[0] == NAMES]
    return {*day} - {*names} | ({(NAMES, f"{len(names)} actors")} if names else set())
