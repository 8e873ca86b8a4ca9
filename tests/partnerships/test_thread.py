"""The two sides write to each other: nothing lost, nothing twice, one mail an hour, nobody else reads."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from actors.enums import Role
from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects.partnerships.conversation import services, telling
from projects.partnerships.conversation.enums import Step
from projects.partnerships.conversation.models import Attachment, IntroductionStep, Message, ThreadReader
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.errors import IntroductionError
from tests.factories import files, network, people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 un devis"


@pytest.fixture
def introduction():
    lead, _owner = network.owned_actor(name="Eau et Vie")
    actor, _other = network.owned_actor(name="Puisatiers")
    return network.introduction(network.need(network.project(lead)), actor, state=IntroductionState.ACCEPTED)


def of_project(introduction):
    return introduction.need.project.lead.members.get()


def of_actor(introduction):
    return introduction.actor.members.get()


def say(introduction, text="Bonjour", side=Side.PROJECT, **fields):
    author = of_project(introduction) if side == Side.PROJECT else of_actor(introduction)
    given = {"form_key": uuid4(), "acting_user": author, **fields}
    return services.say(introduction=introduction, side=side, text=text, **given)


def mails():
    return OutgoingEmail.objects.filter(kind_code="thread_messages").order_by("pk")


def post(client, person, introduction, **fields):
    client.force_login(person)
    return client.post(
        reverse("message-create", args=[introduction.pk]), {"form_key": uuid4(), "text": "Bonjour", **fields}
    )


def test_a_message_with_a_file_reaches_the_other_side(client, introduction):
    answer = post(client, of_project(introduction), introduction, attachments=[files.upload(PDF, "devis.pdf")])
    assert answer.status_code == 302
    client.force_login(of_actor(introduction))
    page = client.get(introduction.get_absolute_url()).content.decode()
    assert "Bonjour" in page
    assert "devis.pdf" in page
    got = client.get(Attachment.objects.get().url)
    assert b"".join(got.streaming_content) == PDF
    assert 'filename="devis.pdf"' in got["Content-Disposition"]
    assert "attachment" in got["Content-Disposition"]


def test_third_parties_get_404_for_thread_and_attachment(client, introduction, animator):
    post(client, of_project(introduction), introduction, attachments=[files.upload(PDF, "devis.pdf")])
    url = Attachment.objects.get().url
    stranger = network.owned_actor()[1]
    client.logout()
    assert client.get(url).status_code == 404
    for person in (stranger, people.verified()):
        client.force_login(person)
        for address in (introduction.get_absolute_url(), url):
            assert client.get(address).status_code == 404
        for name in ("message-create", "thread-read", "thread-close", "thread-help"):
            assert client.post(reverse(name, args=[introduction.pk]), {"text": "x"}).status_code == 404
    client.force_login(animator)
    assert client.get(url).status_code == 404
    assert "Bonjour\n" not in client.get(introduction.get_absolute_url()).content.decode()


def test_animators_read_once_a_side_asks_and_no_more_once_it_ends(client, introduction, animator):
    say(introduction, "secrettournesol")
    page = introduction.get_absolute_url()
    help_page = reverse("thread-help", args=[introduction.pk])
    for fields, is_read in (({}, True), ({"end": "1"}, False)):
        client.force_login(of_actor(introduction))
        client.post(help_page, fields)
        client.force_login(animator)
        assert ("secrettournesol" in client.get(page).content.decode()) is is_read
    assert list(IntroductionStep.objects.values_list("what", flat=True)) == [Step.HELP_ASKED, Step.HELP_ENDED]


def test_no_search_finds_a_message(client, introduction):
    say(introduction, "secrettournesol")
    for person in (None, of_project(introduction)):
        if person:
            client.force_login(person)
        for name in ("search", "need-list", "actor-list", "project-list"):
            page = client.get(reverse(name), {"q": "secrettournesol"}).content.decode()
            assert introduction.get_absolute_url() not in page
            assert introduction.need.get_absolute_url() not in page


def test_a_double_click_writes_one_message(introduction):
    key = uuid4()
    first, is_new = say(introduction, form_key=key)
    again, is_new_again = say(introduction, form_key=key)
    assert (first, is_new, is_new_again) == (again, True, False)
    assert Message.objects.count() == mails().count() == 1


def test_one_mail_an_hour_and_the_next_tells_all_that_is_unread(introduction, clock):
    say(introduction, "Un")
    say(introduction, "Deux")
    telling.tell_due()
    assert mails().count() == 1
    clock.forward(minutes=59)
    telling.tell_due()
    assert mails().count() == 1
    clock.forward(minutes=2)
    telling.tell_due()
    telling.tell_due()
    assert mails().count() == 2
    last = mails().last()
    assert last.address == of_actor(introduction).email
    assert "Un" in last.body_text
    assert "Deux" in last.body_text


def test_no_mail_when_it_was_read_meanwhile(client, introduction, clock):
    say(introduction, "Un")
    second, _new = say(introduction, "Deux")
    client.force_login(of_actor(introduction))
    client.post(reverse("thread-read", args=[introduction.pk]), {"last": second.pk})
    clock.forward(hours=2)
    telling.tell_due()
    assert mails().count() == 1
    deliver(mails().get().pk)
    assert mails().get().state == MailState.CANCELLED


def test_reading_the_first_leaves_the_mail_about_the_second(introduction, clock):
    first, _new = say(introduction, "Un")
    say(introduction, "Deux")
    services.read(introduction=introduction, side=Side.ACTOR, up_to=first.pk, acting_user=of_actor(introduction))
    clock.forward(hours=2)
    telling.tell_due()
    assert "Un" not in mails().last().body_text
    assert "Deux" in mails().last().body_text


def test_a_get_marks_nothing_as_read(client, introduction):
    say(introduction)
    client.force_login(of_actor(introduction))
    client.get(introduction.get_absolute_url())
    assert ThreadReader.objects.get(person=of_actor(introduction)).read_to == 0


def test_who_left_the_actor_is_told_nothing(introduction, clock):
    editor = people.verified()
    membership = network.join(editor, introduction.actor, Role.EDITOR)
    say(introduction, "Un")
    membership.delete()
    say(introduction, "Deux")
    clock.forward(hours=2)
    telling.tell_due()
    assert mails().filter(address=editor.email).count() == 1
    deliver(mails().get(address=editor.email).pk)
    assert mails().get(address=editor.email).state == MailState.CANCELLED


def test_a_message_survives_an_ended_session(client, introduction):
    answer = client.post(
        reverse("message-create", args=[introduction.pk]), {"form_key": uuid4(), "text": "Un long texte gardé"}
    )
    assert answer.status_code == 302
    assert Message.objects.count() == 0
    client.post(reverse("account_login"), {"login": of_actor(introduction).email, "password": people.PASSWORD})
    assert "Un long texte gardé" in client.get(introduction.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ", "virus.exe"), (b"<html>", "devis.pdf"), (b"", "vide.txt"), (PDF, "sans")]
)
def test_a_wrong_file_is_refused_and_the_text_stays(client, introduction, content, name):
    answer = post(
        client, of_project(introduction), introduction, text="Le devis joint", attachments=[files.upload(content, name)]
    )
    assert answer.status_code == 200
    assert "Le devis joint" in answer.content.decode()
    assert Message.objects.count() == 0


def test_who_is_asked_may_ask_back_and_who_asked_waits_for_that(introduction):
    introduction.state, introduction.side = IntroductionState.PROPOSED, Side.PROJECT
    introduction.save()
    with pytest.raises(IntroductionError):
        say(introduction, side=Side.PROJECT)
    say(introduction, "Pour quand ?", side=Side.ACTOR)
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.PROPOSED
    say(introduction, "Pour mai.", side=Side.PROJECT)


@pytest.mark.parametrize("side", Side)
def test_either_side_closes_with_a_reason_once(client, introduction, side):
    person = of_project(introduction) if side == Side.PROJECT else of_actor(introduction)
    other = of_actor(introduction) if side == Side.PROJECT else of_project(introduction)
    client.force_login(person)
    page = reverse("thread-close", args=[introduction.pk])
    assert client.post(page, {"why": ""}).status_code == 200
    client.post(page, {"why": "Le projet est reporté"})
    client.post(page, {"why": "Encore"})
    step = IntroductionStep.objects.get()
    assert (step.what, step.by, step.why) == (Step.CLOSED, person, "Le projet est reporté")
    closed = OutgoingEmail.objects.get(kind_code="thread_closed")
    assert closed.address == other.email
    assert "Le projet est reporté" in closed.body_text
    with pytest.raises(IntroductionError):
        say(introduction)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "closed"])
def test_nobody_writes_in_nor_closes_what_has_ended(introduction, state):
    introduction.state = state
    introduction.save()
    for side in Side:
        with pytest.raises(IntroductionError):
            say(introduction, side=side)
        with pytest.raises(IntroductionError):
            services.close(introduction=introduction, side=side, why="x", acting_user=of_project(introduction))


def test_a_reader_of_the_actor_reads_and_does_not_write(client, introduction):
    reader = people.verified()
    network.join(reader, introduction.actor, Role.READER)
    assert post(client, reader, introduction).status_code == 403
    assert client.get(introduction.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_sides_close_at_once_one_wins_and_the_other_is_told():
    lead, owner = network.owned_actor()
    actor, other = network.owned_actor()
    introduction = network.introduction(network.need(network.project(lead)), actor, state=IntroductionState.ACCEPTED)
    said: list[str] = []
    start = threading.Barrier(2)

    def close(side, person):
        start.wait()
        try:
            services.close(introduction=introduction, side=side, why=side, acting_user=person)
            said.append("done")
        except IntroductionError:
            said.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=pair) for pair in ((Side.PROJECT, owner), (Side.ACTOR, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "told"]
    assert IntroductionStep.objects.count() == OutgoingEmail.objects.filter(kind_code="thread_closed").count() == 1
