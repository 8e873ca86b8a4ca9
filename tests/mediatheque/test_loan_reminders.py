"""A return that nobody noted: who is reminded, when, and never twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.services import decide
from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from mediatheque.models import LoanRequest
from mediatheque.tasks import remind_of_returns
from tests.factories import network, people
from tests.mediatheque.test_loans import Lending

pytestmark = pytest.mark.django_db


@pytest.fixture
def lending():
    return Lending()


def lent(lending, days_ago: int) -> LoanRequest:
    """Agreed to, its last day so many days ago."""
    loan = lending.move(lending.ask(first=0), "agreed")
    last = timezone.localdate() - timedelta(days=days_ago)
    LoanRequest.objects.filter(pk=loan.pk).update(starts_on=last - timedelta(days=9), ends_on=last)
    return loan


def told() -> list[str]:
    return [mail.address for mail in OutgoingEmail.objects.filter(kind_code="loan_overdue").order_by("pk")]


def test_the_borrower_the_day_after_and_the_lender_a_week_later_each_once(lending, clock):
    lent(lending, days_ago=0)
    remind_of_returns()
    assert told() == []
    clock.forward(days=1)
    remind_of_returns()
    remind_of_returns()
    assert told() == [lending.asker.email]
    mail = OutgoingEmail.objects.get(kind_code="loan_overdue")
    assert "était à rendre à Bibliothèque le" in mail.body_text
    assert mail.subject.startswith("À rendre : «")
    clock.forward(days=6)
    remind_of_returns()
    assert len(told()) == 1
    clock.forward(days=1)
    remind_of_returns()
    remind_of_returns()
    assert told() == [lending.asker.email, lending.owner.email], "owners answer for what is lent; editors do not"
    mail = OutgoingEmail.objects.get(kind_code="loan_overdue", recipient=lending.owner)
    assert "Lycée devait rendre" in mail.body_text
    clock.forward(days=20)
    remind_of_returns()
    assert len(told()) == 2


def test_never_twice_even_where_the_mails_themselves_are_wiped(lending):
    lent(lending, days_ago=9)
    remind_of_returns()
    assert sorted(told()) == sorted([lending.asker.email, lending.owner.email])
    OutgoingEmail.objects.all().delete()
    remind_of_returns()
    assert told() == []


def test_what_is_returned_is_not_reminded_of_and_a_mail_that_waits_does_not_leave(lending, clock, mailoutbox):
    loan = lent(lending, days_ago=1)
    remind_of_returns()
    lending.move(loan, "returned")
    mail = OutgoingEmail.objects.get(kind_code="loan_overdue")
    deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.state == MailState.CANCELLED
    clock.forward(days=8)
    remind_of_returns()
    assert told() == [lending.asker.email]


@pytest.mark.parametrize("side", ["borrower", "lender"])
def test_a_side_that_is_suspended_hears_nothing_and_the_other_does(lending, animator, side):
    lent(lending, days_ago=9)
    decide(actor=getattr(lending, side), state="suspended", reason="À revoir.", acting_user=animator)
    remind_of_returns()
    assert told() == [lending.owner.email if side == "borrower" else lending.asker.email]


def test_a_side_that_is_suspended_before_the_mail_leaves_does_not_get_it(lending, animator):
    lent(lending, days_ago=1)
    remind_of_returns()
    decide(actor=lending.borrower, state="suspended", reason="À revoir.", acting_user=animator)
    mail = OutgoingEmail.objects.get(kind_code="loan_overdue")
    deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.state == MailState.CANCELLED


def test_who_left_or_closed_the_account_is_not_told_but_who_writes_now_is(lending):
    successor, closed = people.verified(), people.verified(is_active=False)
    network.join(successor, lending.borrower, "owner")
    network.join(closed, lending.borrower, "owner")
    lent(lending, days_ago=1)
    lending.asker.memberships.all().delete()
    remind_of_returns()
    assert told() == [successor.email]


def test_what_was_never_noted_long_ago_is_no_news(lending):
    lent(lending, days_ago=60)
    remind_of_returns()
    assert told() == []
