"""Every promise of restraint, checked on what left: the code's own counters are not asked."""

from collections import defaultdict
from datetime import datetime, timedelta

from actors.models import Actor, Membership, User
from coexist.common.mail.models import EmailOptOut
from projects.matching.models import Refusal
from projects.models import Need
from projects.partnerships.models import Introduction

from .small_network import NAMES, PROPOSAL, QUESTION, REMINDER, Sent, local_day

WEEK = timedelta(days=7)


def check_all(sent: list[Sent], material: dict[tuple[str, int], list[datetime]]) -> None:
    """`material`: when a need ("need", key) or an actor's offer ("actor", key) changed materially."""
    asked = [each for each in sent if each.channel != NAMES]
    five_a_week(asked)
    ten_a_day([each for each in asked if not each.is_replacement])
    one_reminder_after_a_week(asked)
    nothing_twice([each for each in asked if each.channel == PROPOSAL], material)
    nothing_twice([each for each in sent if each.channel == NAMES], material)
    no_proposal_beside_a_question(asked)
    names_once_a_day([each for each in sent if each.channel == NAMES])


def five_a_week(asked: list[Sent]) -> None:
    by_person = defaultdict(list)
    for each in asked:
        by_person[each.person].append(each.at)
    for person, times in by_person.items():
        times.sort()
        for sixth, first in zip(times[5:], times, strict=False):
            assert sixth - first >= WEEK, f"six solicitations in a week to person {person}: {times}"


def ten_a_day(asked: list[Sent]) -> None:
    by_day = defaultdict(set)
    for each in asked:
        by_day[each.need, local_day(each.written)].add(each.actor)
    for key, actors in by_day.items():
        assert len(actors) <= 10, f"more than ten actors asked, need and day {key}: {actors}"


def one_reminder_after_a_week(asked: list[Sent]) -> None:
    reminded = set()
    for each in asked:
        if each.channel == REMINDER:
            key = (each.person, each.need, each.actor)
            assert key not in reminded, f"reminded twice: {each}"
            reminded.add(key)
            first = [one.at for one in asked if (one.person, one.need, one.actor) == key and one.channel != REMINDER]
            assert any(each.written - at >= WEEK for at in first), f"reminded before day 7: {each}, first {first}"


def nothing_twice(told: list[Sent], material: dict[tuple[str, int], list[datetime]]) -> None:
    last: dict[tuple, Sent] = {}
    for each in told:
        key = (each.person, each.need, each.actor)
        if key in last:
            changes = material.get(("need", each.need), []) + material.get(("actor", each.actor), [])
            between = [at for at in changes if last[key].written <= at <= each.written]
            assert between, f"the same match twice without a change: {last[key]} then {each}"
        last[key] = each


def no_proposal_beside_a_question(asked: list[Sent]) -> None:
    questions = {(each.person, each.need, each.actor): each.written for each in asked if each.channel == QUESTION}
    for each in asked:
        at = questions.get((each.person, each.need, each.actor))
        beside = each.channel == PROPOSAL and at is not None and each.written > at
        assert not beside, f"proposed by CoExist after the project had asked: {each}"


def names_once_a_day(named: list[Sent]) -> None:
    by_day = defaultdict(set)
    for each in named:
        if not each.is_replacement:
            by_day[each.person, each.need, local_day(each.written)].add(each.mail)
    assert all(len(mails) == 1 for mails in by_day.values()), f"names more than once a day: {dict(by_day)}"


def check_wanted(new: list[Sent]) -> None:
    """What left just now: still wanted by everybody, as the world is at this moment."""
    enough = {need for need in {each.need for each in new} if len(interested_in(need)) >= 6}
    for each in new:
        person, actor, need = (
            User.objects.get(pk=each.person), Actor.objects.get(pk=each.actor), Need.objects.get(pk=each.need),
        )  # fmt: skip
        assert actor.is_approved, f"about an actor that is suspended: {each}"
        assert need.is_open, f"about a need that has ended: {each}"
        assert not Refusal.objects.filter(need=need, actor=actor).exists(), f"after a refusal: {each}"
        opted_out = EmailOptOut.objects.filter(address=person.email, kind_code=each.kind)
        assert not opted_out.exists(), f"after an opt-out: {each}"
        speaks_for = need.project.lead if each.channel == NAMES else actor
        assert Membership.objects.writers().filter(user=person, actor=speaks_for).exists(), f"not theirs: {each}"
        if each.channel != QUESTION:
            assert person.digest != "never", f"against a preference: {each}"
        if each.channel in (PROPOSAL, REMINDER):
            assert each.need not in enough, f"six were interested already: {each}"
            assert each.actor not in interested_in(each.need), f"to somebody who has answered: {each}"


def interested_in(need: int) -> set[int]:
    """Actors that offered themselves, or said yes."""
    rows = Introduction.objects.filter(need=need).values_list("actor", "side", "state")
    return {actor for actor, side, state in rows if side == "actor" or state == "accepted"}
