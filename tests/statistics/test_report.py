"""What animators read of a period: each figure among rows of other periods and rows that do not count."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Skill
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut
from coexist.common.mail.suspension import SuspendedAddress
from coexist.statistics import mails, report, response_rates
from coexist.statistics.periods import Period
from projects.matching.models import Refusal
from projects.partnerships.conversation.enums import Step
from projects.partnerships.conversation.history import note
from projects.partnerships.enums import Side
from tests.factories import achievements, network
from tests.statistics import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def period() -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=29), today)


def values(figure) -> dict[str, tuple]:
    return {row.label: row.values for row in figure.rows}


def test_the_funnel_counts_how_far_needs_came(period):
    lead, other = rows.approved(), rows.approved()
    steps = [rows.posted(lead, days=10) for _step in range(8)]
    only_posted, *_others, together, done, told = steps
    for need in steps[1:]:
        network.match(need, rows.approved())
    for need in steps[2:]:
        rows.solicited(need, other, at=need.published_at)
    for need in steps[3:]:
        rows.answered(need, other)
    for need in steps[4:]:
        rows.accepted(need, other)
    rows.partnership(lead, other, need=together)
    rows.partnership(lead, other, need=done, stage="completed")
    achievements.published(partnership=rows.partnership(lead, other, need=told, stage="completed"))
    earlier = rows.posted(lead, days=40)
    network.match(earlier, other)
    network.need(network.project(lead), state="draft")
    rows.posted(network.actor(state=ActorState.SUSPENDED), days=10)
    found = report.funnel(period).rows
    assert [row.values for row in found] == [(8, 1), (7, 1), (6, 0), (5, 0), (4, 0), (3, 0), (2, 0), (1, 0)]
    assert only_posted.introductions.count() == 0


def test_a_question_that_waits_or_was_refused_takes_a_need_no_further(period):
    lead, other = rows.approved(), rows.approved()
    need = rows.posted(lead, days=5)
    network.introduction(need, other, side=Side.PROJECT, state="declined", answered_at=timezone.now())
    Refusal.objects.create(need=need, actor=other, by_actor=True, reason="place")
    rows.solicited(need, other, state=MailState.CANCELLED)
    rows.solicited(need, other, state=MailState.QUEUED)
    assert [row.values[0] for row in report.funnel(period).rows] == [1, 0, 0, 0, 0, 0, 0, 0]


def test_who_came_by_itself_is_no_match_of_the_engine(period):
    need = rows.posted(rows.approved(), days=5)
    network.match(need, rows.approved(), version="", interested_at=timezone.now())
    found = [row.values[0] for row in report.funnel(period).rows]
    assert found == [1, 0, 0, 1, 0, 0, 0, 0]


def test_an_exchange_that_ended_was_accepted_and_one_taken_back_was_not(period):
    lead, other = rows.approved(), rows.approved()
    ended = network.introduction(rows.posted(lead, days=9), other, state="closed", answered_at=rows.days_ago(3))
    note(ended.pk, Step.ACCEPTED, by=None)
    network.introduction(rows.posted(lead, days=9), other, state="closed")
    assert values(report.activity(period))["Mises en relation acceptées"] == (1, 0)
    assert values(report.funnel(period))["avec une mise en relation acceptée"] == (1, 0)


def test_activity_is_of_its_own_days(period):
    lead, other = rows.approved(days=2), rows.approved(days=35)
    network.actor(state=ActorState.SUSPENDED, approved_at=rows.days_ago(2))
    rows.posted(lead, days=3)
    rows.posted(lead, days=70)
    rows.partnership(lead, other, at=rows.days_ago(33), stage="completed", stage_since=rows.days_ago(1))
    found = values(report.activity(period))
    assert found["Acteurs validés"] == (1, 1)
    assert found["Besoins publiés"] == (1, 0)
    assert found["Partenariats commencés"] == (0, 1)
    assert found["Partenariats terminés"] == (1, 0)


def test_skills_that_nobody_offers(period):
    translation, accounting, water = Skill.objects.exclude(parent=None).order_by("pk")[:3]
    lead = rows.approved()
    rows.posted(lead, days=2, skills=[translation, accounting])
    rows.posted(lead, days=3, skills=[translation])
    rows.posted(lead, days=90, skills=[water])
    network.offer(rows.approved(), skills=[accounting])
    network.offer(network.actor(state=ActorState.WAITING), skills=[translation])
    rows.posted(network.actor(state=ActorState.SUSPENDED), days=2, skills=[water])
    found = report.missing_skills(period)
    assert [(row.labels[0], row.values) for row in found.rows] == [(translation.name, (2,))]


def test_an_offer_within_a_domain_answers_a_need_that_names_the_domain(period):
    domain = Skill.objects.domains().first()
    rows.posted(rows.approved(), days=2, skills=[domain])
    assert len(report.missing_skills(period).rows) == 1
    network.offer(rows.approved(), skills=[domain.children.first()])
    assert report.missing_skills(period).rows == []


def test_how_actors_answer(period):
    lead, quick, silent = rows.approved(), rows.approved(name="Vite"), rows.approved(name="Silence")
    yes, no, later = (rows.posted(lead, days=9) for _need in range(3))
    for need in (yes, no, later):
        rows.solicited(need, quick, at=rows.days_ago(8))
        rows.solicited(need, quick, at=rows.days_ago(1))  # a reminder
    rows.answered(yes, quick)
    Refusal.objects.create(need=no, actor=quick, by_actor=True, reason="place")
    rows.solicited(yes, silent, at=rows.days_ago(8))
    Refusal.objects.create(need=yes, actor=silent, by_actor=False, reason="other")  # the project's
    rows.solicited(later, silent, state=MailState.CANCELLED)
    rows.solicited(no, silent, at=rows.days_ago(50))
    found = {row["name"]: row for row in response_rates.rates(period)}
    told = {name: (row["asked"], row["answered"], row["accepted"]) for name, row in found.items()}
    assert told == {"Vite": (3, 2, 1), "Silence": (1, 0, 0)}
    assert response_rates.percentage(found["Vite"]["rate"]) == 67
    order = [row["name"] for row in response_rates.rates(period, "rate")]
    assert order == ["Silence", "Vite"]


def test_the_first_and_the_last_moment_of_the_period_are_in_it():
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    actor, lead = rows.approved(), rows.approved()
    for moment in (period.since, period.until - timedelta(microseconds=1), period.until):
        rows.solicited(rows.posted(lead), actor, at=moment)
    (found,) = response_rates.rates(period)
    assert found["asked"] == 2


def test_mails_by_month_and_kind():
    period = Period(date(2026, 1, 15), date(2026, 2, 28))
    january, february = (datetime(2026, month, 20, 12, tzinfo=timezone.get_current_timezone()) for month in (1, 2))
    rows.mailed(at=january)
    rows.mailed(at=january, kind_code="introduction_asked")
    rows.mailed(at=february, state=MailState.FAILED)
    rows.mailed(at=february, state=MailState.CANCELLED)
    rows.mailed(at=january - timedelta(days=10))
    stopped = EmailOptOut.objects.create(address="a@test.example", kind_code="need_matches")
    EmailOptOut.objects.filter(pk=stopped.pk).update(created_at=february)
    SuspendedAddress.objects.create(address="b@test.example", reason="550", since=february)
    counted = mails.count(period)
    assert [row.values for row in mails.by_month(period, counted).rows] == [(2, 0, 0, 0), (0, 1, 1, 1)]
    by_kind = {row.label: row.values for row in mails.by_kind(counted).rows}
    assert sorted(by_kind.values()) == [(1, 0, 0), (1, 1, 1)]
    assert [row.values for row in mails.by_month_and_kind(counted).rows] == [(1, 0, 0), (1, 0, 0), (0, 1, 1)]


def test_small_numbers_stay_out_of_what_is_handed_round(period):
    lead, other = rows.approved(), rows.approved()
    need = rows.posted(lead, days=9)
    rows.answered(need, other)
    assert report.delays(period).rows[0].values == (1.0, None)
    assert report.delays(period, to_everybody=True).rows[0].values == (None, None)
