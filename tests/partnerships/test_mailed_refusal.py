""" "Pas pour nous, parce que…" from a mail, by somebody who is not logged in and keeps no cookie."""

import re
from time import time
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from actors import merging
from actors.enums import ActorState, Role
from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState
from projects.matching import announce
from projects.matching.learning import NO_TIME_DAYS
from projects.matching.models import Refusal
from projects.matching.refusal_links import SALT, refusal_url
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.services import end_need
from tests.factories import network, people

pytestmark = pytest.mark.django_db

NO = {"reason": "place", "text": "Nous restons en Savoie."}


@pytest.fixture
def browser():
    """It keeps no cookie, so that it has no token against forged forms either."""
    return Client(enforce_csrf_checks=True)


class Proposed:
    """A need proposed by mail to the one person of an actor."""

    def __init__(self) -> None:
        self.actor, self.person = network.owned_actor(name="Puisatiers")
        lead, _owner = network.owned_actor(name="Eau et Vie")
        self.need = network.need(network.project(lead, title="Un puits à Podor"), "Creuser un puits")
        self.match = network.match(self.need, self.actor)

    @property
    def path(self) -> str:
        return urlsplit(refusal_url(person=self.person, actor=self.actor.pk, need=self.need.pk)).path


@pytest.fixture
def proposed():
    return Proposed()


def said(answer) -> str:
    return answer.content.decode()


def test_the_mail_holds_the_link_of_each_need_in_both_its_parts(browser, proposed):
    other = network.need(proposed.need.project, "Former une équipe")
    network.match(other, proposed.actor)
    announce.announce_actor(proposed.actor, [proposed.need, other])
    mail = OutgoingEmail.objects.get(kind_code="needs_for_actor")
    for part in (mail.body_text, mail.body_html):
        paths = re.findall(r"http://localhost:8000(/pas-pour-nous/[^\s\"]+)", part)
        pages = [said(browser.get(path)) for path in paths]
        assert [title in page for title, page in zip((proposed.need.title, other.title), pages, strict=True)] == [
            True, True,
        ]  # fmt: skip


def test_the_page_names_what_is_refused_for_whom_and_what_it_changes(browser, proposed):
    page = said(browser.get(proposed.path))
    for words in ("Creuser un puits", "Un puits à Podor", "Eau et Vie", "Puisatiers", "ne vous sera plus proposé"):
        assert words in page
    assert f"{NO_TIME_DAYS} jours" in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_refuses_nothing(browser, proposed, method):
    assert getattr(browser, method)(proposed.path).status_code == 200
    assert not Refusal.objects.exists()


def test_one_form_without_login_or_cookie_refuses_for_that_person(browser, proposed):
    answer = browser.post(proposed.path, NO)
    browser.cookies.clear()
    page = said(browser.get(answer["Location"]))
    refusal = Refusal.objects.get()
    assert (refusal.need, refusal.actor, refusal.user) == (proposed.need, proposed.actor, proposed.person)
    assert (refusal.by_actor, refusal.reason, refusal.text) == (True, NO["reason"], NO["text"])
    assert "C'est noté" in page.replace("&#x27;", "'")
    assert '<form method="post" novalidate' not in page


def test_sent_twice_is_as_once(browser, proposed):
    browser.post(proposed.path, NO)
    again = browser.post(proposed.path, {"reason": "no_time"})
    assert again.status_code == 200
    assert Refusal.objects.get().reason == NO["reason"]


@pytest.mark.parametrize(
    "data", [{}, {"reason": "because"}, {"reason": "place", "text": "x" * 1001}, {"reason": "a\0"}]
)
def test_without_a_right_reason_it_is_asked_again(browser, proposed, data):
    assert browser.post(proposed.path, data).status_code == 200
    assert not Refusal.objects.exists()


def test_a_question_of_the_project_is_answered_with_it(browser, proposed):
    asked = network.introduction(proposed.need, proposed.actor, side=Side.PROJECT)
    browser.post(proposed.path, NO)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (IntroductionState.DECLINED, proposed.person)
    assert OutgoingEmail.objects.filter(kind_code="introduction_answered").exists()


# Links that are no longer good ----------------------------------------------------------------


def tokens(proposed) -> dict[str, str]:
    good, keys = proposed.path.split("/")[-2], [proposed.person.pk, proposed.actor.pk, proposed.need.pk]
    return {
        "changed": good[:-1] + ("a" if good[-1] != "a" else "b"),
        "cut": good[:20],
        "another purpose": signing.dumps(keys, salt="coexist.unsubscribe"),
        "too few keys": signing.dumps(keys[:2], salt=SALT),
        "no keys": signing.dumps("abc", salt=SALT),
        "a number": signing.dumps(3, salt=SALT),
        "words": "é:é",
        "long": "." * 3000,
    }


def test_a_forged_link_says_so_and_refuses_nothing(browser, proposed):
    for token in tokens(proposed).values():
        path = reverse("mailed-refusal", args=[token])
        for answer in (browser.get(path), browser.post(path, NO)):
            assert answer.status_code == 404, token
            assert "pas valable" in said(answer)
    assert not Refusal.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(59, 200), (61, 410)])
def test_it_is_good_for_sixty_days(browser, proposed, monkeypatch, days, status):
    path = proposed.path
    later = time() + days * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert browser.get(path).status_code == status
    assert (browser.post(path, NO).status_code == 302) is (status == 200)
    assert Refusal.objects.exists() is (status == 200)


def filled(proposed):
    end_need(need=proposed.need, state=NeedState.FILLED, acting_user=None)


def left(proposed):
    proposed.actor.memberships.all().delete()


def only_reads(proposed):
    proposed.actor.memberships.update(role=Role.READER)


def account_closed(proposed):
    proposed.person.is_active = False
    proposed.person.save()


def suspended(proposed):
    proposed.actor.state = ActorState.SUSPENDED
    proposed.actor.save()


def talking(proposed):
    network.introduction(proposed.need, proposed.actor)


def need_deleted(proposed):
    proposed.need.project.delete()


def led_by_the_actor(proposed):
    proposed.need.project.lead = proposed.actor
    proposed.need.project.save()


CHANGES = [
    (filled, 410, "Ce besoin n'est plus ouvert"),
    (left, 403, "Vous ne répondez plus pour cette structure"),
    (only_reads, 403, "Vous ne répondez plus pour cette structure"),
    (account_closed, 410, "Ce lien ne mène plus à rien"),
    (suspended, 410, "n'est plus présente sur CoExist"),
    (talking, 200, "Vous êtes déjà en relation pour ce besoin"),
    (need_deleted, 410, "Ce lien ne mène plus à rien"),
    (led_by_the_actor, 410, "Ce besoin est maintenant le vôtre"),
]


@pytest.mark.parametrize(("change", "status", "words"), CHANGES)
def test_what_changed_since_the_mail_is_said_plainly(browser, proposed, change, status, words):
    path = proposed.path
    change(proposed)
    for answer in (browser.get(path), browser.post(path, NO)):
        assert answer.status_code == status
        assert words in said(answer).replace("&#x27;", "'")
    assert not Refusal.objects.exists()


def test_who_left_does_not_learn_what_the_actor_answered(browser, proposed):
    path = proposed.path
    browser.post(path, NO)
    left(proposed)
    page = said(browser.get(path))
    assert "pas pour nous » le" not in page
    assert proposed.need.title not in page


def test_of_two_actors_that_became_one_the_kept_one_answers(browser, proposed):
    path, (kept, _owner) = proposed.path, network.owned_actor(name="Forages réunis")
    merging.merge(kept=kept, absorbed=proposed.actor, choices={}, acting_user=people.superuser())
    page = said(browser.get(path))
    assert "Puisatiers" in page
    assert "Forages réunis" in page
    browser.post(path, NO)
    assert Refusal.objects.get().actor == kept


def test_a_refusal_by_the_project_is_not_told_as_ones_own(browser, proposed):
    Refusal.objects.create(need=proposed.need, actor=proposed.actor, by_actor=False, reason="other")
    page = said(browser.get(proposed.path))
    assert "Une réponse a déjà été donnée" in page
    assert "a répondu" not in page


def test_a_flood_is_stopped(browser, proposed, settings):
    settings.RATE_LIMITED = True
    answers = [browser.post(proposed.path, {}).status_code for _try in range(62)]
    assert answers[:60] == [200] * 60
    assert answers[60:] == [429, 429]
    assert not Introduction.objects.exists()
