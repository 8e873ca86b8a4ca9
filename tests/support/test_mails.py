"""Who is written to, and how seldom: counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from actors.enums import Role
from coexist.common.mail.delivery import deliver
from coexist.common.mail.models import OutgoingEmail
from projects.matching import ledger
from projects.matching.enums import Channel
from projects.matching.models import Solicitation
from projects.support import reminders, services, telling
from projects.support.models import SupportRequest
from tests.factories import network, people, support
from tests.support.test_services import ask, confirm, finish, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return network.owned_actor(name="Ville d'Annemasse")


@pytest.fixture
def helper():
    return support.expert(name="Kaléido")


def told(kind: str = "") -> list[str]:
    mails = OutgoingEmail.objects.order_by("pk")
    return [f"{mail.kind_code} {mail.address}" for mail in (mails.filter(kind_code=kind) if kind else mails)]


def new() -> list[str]:
    """What was written since the last look."""
    found = told()
    OutgoingEmail.objects.all().delete()
    return found


def fill_the_week(person, actor) -> None:
    for number in range(ledger.PER_PERSON_AND_WEEK):
        mail = OutgoingEmail.objects.create(
            recipient=person, address=person.email, kind_code="needs_for_actor", dedupe_key=f"{person.pk}:{number}",
            subject="A", body_text="A", body_html="A", state="sent", sent_at=timezone.now(),
        )  # fmt: skip
        need = network.need(network.project(network.actor()))
        Solicitation.objects.create(need=need, actor=actor, person=person, channel=Channel.PROPOSAL, mail=mail)


def test_each_step_tells_the_other_side_once(asker, helper, animator):
    (_town, officer), (expert, coach) = asker, helper
    network.join(people.verified(), asker[0], Role.READER)
    row = ask(asker)
    assert new() == [], "the animators have their queue"
    row = move(row, "asked", animator, expert=expert)
    assert new() == [f"support_changed {officer.email}", f"support_asked {coach.email}"]
    row = move(row, "under_way", coach)
    assert new() == [f"support_changed {animator.email}", f"support_changed {officer.email}"]
    row = finish(row, coach)
    mails = list(OutgoingEmail.objects.order_by("pk"))
    assert "Est-ce bien terminé" not in mails[0].body_text
    assert "Est-ce bien terminé" in mails[1].body_text
    assert new() == [f"support_changed {animator.email}", f"support_changed {officer.email}"]
    confirm(row, officer)
    assert new() == [f"support_changed {animator.email}", f"support_changed {coach.email}"]


def test_who_declines_is_told_of_to_the_asker_with_the_reason(asker, helper):
    row = ask(asker, expert=helper[0])
    new()
    move(row, "waiting", helper[1], why="Trop loin de nous")
    mail = OutgoingEmail.objects.get()
    assert (mail.recipient, "Trop loin de nous" in mail.body_text) == (asker[1], True)


def test_an_expert_is_solicited_through_the_one_ledger(asker, helper):
    before = ledger.room_of(helper[1])
    ask(asker, expert=helper[0])
    row = Solicitation.objects.get()
    assert (row.need, row.actor, row.person, row.channel) == (None, helper[0], helper[1], Channel.SUPPORT)
    assert row.mail is not None
    assert row.mail.kind_code == "support_asked"
    assert ledger.room_of(helper[1]) == before - 1


def test_a_full_week_makes_the_mail_wait_and_not_the_request(asker, helper, clock):
    fill_the_week(helper[1], helper[0])
    row = ask(asker, expert=helper[0])
    telling.tell_waiting()
    assert told("support_asked") == []
    assert SupportRequest.objects.awaiting(helper[1]).get() == row
    clock.forward(days=8)
    for _run in range(2):
        telling.tell_waiting()
    assert told("support_asked") == [f"support_asked {helper[1].email}"]
    assert Solicitation.objects.filter(channel=Channel.SUPPORT).count() == 1


def test_who_answered_meanwhile_is_not_asked_by_mail_any_more(asker, helper, clock):
    fill_the_week(helper[1], helper[0])
    move(ask(asker, expert=helper[0]), "under_way", helper[1])
    clock.forward(days=8)
    telling.tell_waiting()
    assert told("support_asked") == []


def test_a_question_taken_back_does_not_leave_and_one_that_left_is_taken_back_in_words(asker, helper, mailoutbox):
    row = ask(asker, expert=helper[0])
    row = move(row, "waiting", asker[1], why="Trouvé ailleurs")
    mail = OutgoingEmail.objects.get()
    deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mailoutbox) == ("cancelled", [])
    row = move(row, "asked", asker[1], expert=helper[0])
    OutgoingEmail.objects.filter(kind_code="support_asked", state="queued").update(state="sent")
    move(row, "waiting", asker[1], why="Trouvé ailleurs")
    last = OutgoingEmail.objects.get(kind_code="support_changed")
    assert last.recipient == helper[1]
    assert "/demandes/" not in last.body_text, "the expert sees the request no more"


def test_who_left_the_actor_meanwhile_gets_nothing(asker, helper, mailoutbox):
    row = ask(asker, expert=helper[0])
    helper[1].memberships.all().delete()
    deliver(OutgoingEmail.objects.get().pk)
    network.join(people.verified(), helper[0])
    move(row, "waiting", asker[1])
    assert mailoutbox == []


def write(row, by, text="Vu ce matin.") -> None:
    services.add_note(support=row, text=text, on=timezone.localdate(), form_key=uuid4(), acting_user=by)


def test_notes_are_one_mail_a_day(asker, helper, clock):
    row = support.request(asker[0], expert=helper[0], state="under_way")
    for _note in range(3):
        write(row, helper[1])
    assert told() == [f"support_noted {asker[1].email}"]
    assert row.notes.count() == 3
    clock.forward(days=1)
    write(row, helper[1])
    write(row, asker[1])
    assert told()[1:] == [f"support_noted {asker[1].email}", f"support_noted {helper[1].email}"]


def test_an_expert_writes_once_it_has_accepted_and_nobody_after_the_end(asker, helper):
    row = support.request(asker[0], expert=helper[0], state="asked")
    write(row, asker[1])
    assert told() == [], "who was only asked is left in peace"
    with pytest.raises(services.SupportError):
        write(row, helper[1])
    SupportRequest.objects.update(state="confirmed")
    with pytest.raises(services.SupportError):
        write(row, asker[1])


# Reminders --------------------------------------------------------------------------------------


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_an_overdue_step_is_said_once(asker, helper, clock):
    support.request(
        asker[0], expert=helper[0], state="under_way", next_step="Relire", next_due=in_days(0), next_person=asker[1]
    )  # fmt: skip
    reminders.remind()
    assert told() == [], "due today is not overdue"
    clock.forward(days=1)
    reminders.remind()
    reminders.remind()
    clock.forward(days=3)
    reminders.remind()
    assert told() == [f"support_step_due {asker[1].email}"]


def test_without_somebody_in_charge_the_helper_hears(asker, helper, animator):
    told_to = {"expert": helper[0], "state": "under_way", "next_step": "Relire", "animator": animator}
    row = support.request(asker[0], **told_to)
    assert reminders.in_charge(row) == helper[1]
    helper[1].memberships.all().delete()
    assert reminders.in_charge(row) == animator


@pytest.mark.parametrize("change", [{"next_due": in_days(5)}, {"next_step": ""}, {"state": "confirmed"}])
def test_what_was_done_or_put_off_meanwhile_does_not_leave(asker, change, mailoutbox):
    support.request(asker[0], next_step="Relire", next_due=in_days(-1), next_person=asker[1])
    reminders.remind()
    SupportRequest.objects.update(**change)
    deliver(OutgoingEmail.objects.get().pk)
    assert mailoutbox == []
