"""Answers to one's own need: the first is told at once, the others of the day in one mail."""

import pytest
from django.db import transaction

from coexist.common.mail.models import OutgoingEmail
from projects.matching.models import Refusal
from projects.partnerships import answers, services
from projects.partnerships.enums import Side
from projects.partnerships.models import AnswerToTell
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def need():
    actor, _owner = network.owned_actor()
    return network.need(network.project(actor))


def answer(need, **fields):
    actor, person = network.owned_actor(**fields)
    return services.ask(need=need, actor=actor, side=Side.ACTOR, message="Nous savons faire.", acting_user=person)[0]


def mails() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("kind_code", flat=True))


def test_three_answers_of_a_day_make_two_mails(need, clock):
    answer(need)
    answer(need, name="Les Fontainiers")
    answer(need, name="Léman Ingénierie")
    answers.tell_due()
    assert mails() == ["introduction_asked"]

    clock.forward(hours=25)
    answers.tell_due()
    answers.tell_due()
    assert mails() == ["introduction_asked", "need_answers_of_the_day"]
    together = OutgoingEmail.objects.get(kind_code="need_answers_of_the_day")
    for told in (together.body_text, together.body_html):
        assert "Les Fontainiers" in told
        assert "Léman Ingénierie" in told
    assert not AnswerToTell.objects.exists()


def test_they_are_counted_over_all_needs_of_a_person(need, clock):
    answer(need)
    answer(network.need(need.project, "Traduire un rapport"))
    assert mails() == ["introduction_asked"]
    clock.forward(hours=25)
    answers.tell_due()
    assert mails() == ["introduction_asked", "introduction_asked"]


def test_what_was_answered_meanwhile_is_not_told(need, clock):
    answer(need)
    read = answer(need)
    services.decline(introduction=read, reason="place", reply="", acting_user=people.verified())
    clock.forward(hours=25)
    before = len(mails())
    answers.tell_due()
    assert len(mails()) == before
    assert Refusal.objects.exists()


def test_each_person_of_the_project_has_a_day_of_their_own(need, clock):
    answer(need)
    late = people.verified()
    network.join(late, need.project.lead)
    answer(need)
    told = OutgoingEmail.objects.filter(kind_code="introduction_asked").values_list("recipient", flat=True)
    assert list(told).count(late.pk) == 1
    assert OutgoingEmail.objects.count() == 2


def test_who_left_the_project_hears_nothing_more(need, clock):
    answer(need)
    answer(need)
    need.project.lead.memberships.all().delete()
    clock.forward(hours=25)
    answers.tell_due()
    assert len(mails()) == 1


def test_a_mail_that_waits_is_not_sent_once_all_was_answered(need, clock):
    answer(need)
    waiting = [answer(need), answer(need)]
    clock.forward(hours=25)
    answers.tell_due()
    with transaction.atomic():
        for each in waiting:
            services.accept(introduction=each, reply="", acting_user=people.verified())
    mail = OutgoingEmail.objects.get(kind_code="need_answers_of_the_day")
    assert not mail.kind.still_wanted(mail)
