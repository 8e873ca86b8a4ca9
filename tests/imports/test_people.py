"""People whose data came in a sheet are told what the law asks for, once; and they may say no with one click."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.imports import objections
from actors.imports.models import ImportFile, ImportLine, ImportRun, Provenance
from actors.models import Actor, Invitation, Membership
from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.retention import apply_all
from coexist.common.waiting import waiting_for
from tests.factories import network, people
from tests.imports.sheets import organisation

pytestmark = pytest.mark.django_db
ADDRESS = "awa@jardins.example"
TELL = "/admin/imports/provenance/informer/"
HEADINGS = ("Nom", "Type", "Personne à contacter", "E-mail", "Téléphone")


@pytest.fixture
def brought_in(desk) -> Actor:
    desk.bring_in([["Les Jardins", "ONG", "Awa Exemple", ADDRESS, "+33 4 50 00 00 00"]], HEADINGS)
    return Actor.objects.get()


def tell(desk, *provenances):
    chosen = provenances or Provenance.objects.all()
    return desk.client.post(TELL, {"provenance": [one.pk for one in chosen]}, follow=True)


def waiting(person) -> int:
    return next(line.count for line in waiting_for(person) if line.label == "Contacts importés à informer")


def test_the_mail_says_all_that_article_14_asks_for(desk, brought_in):
    tell(desk)
    mail = OutgoingEmail.objects.get()
    assert mail.address == ADDRESS
    for part in (mail.body_text, mail.body_html):
        for told in (
            *(settings.LEGAL[name] for name in ("LEGAL_CONTROLLER", "LEGAL_EMAIL", "LEGAL_DPO")),
            "Awa Exemple", ADDRESS, "+33 4 50 00 00 00", "Liste de la CSI", "intérêt légitime", "article 6",
            "365 jours", "accès", "correction", "effacement", "opposer", "CNIL", "Reprendre" if "<p>" in part else "",
            objections.objection_url(brought_in, ADDRESS),
        ):  # fmt: skip
            assert told.replace("'", "&#x27;") in part or told in part, told
    invitation = Invitation.objects.get()
    assert (invitation.actor, invitation.email, invitation.role) == (brought_in, ADDRESS, "owner")
    assert waiting(desk.animator) == 0


def test_nobody_is_told_twice(desk, brought_in):
    tell(desk)
    provenance = Provenance.objects.get()
    page = tell(desk, provenance).content.decode()
    assert "tout le monde est déjà informé" in page
    assert OutgoingEmail.objects.count() == 1
    assert (provenance.told_by, provenance.told_at is None) == (desk.animator, False)


def test_the_administration_counts_who_waits_and_who_is_late(desk, brought_in):
    assert waiting(desk.animator) == 1
    desk.bring_in([organisation(email="")])
    assert waiting(desk.animator) == 1, "an organisation without a contact is nobody to be told"
    Provenance.objects.update(obtained_on=timezone.localdate() - timedelta(days=31))
    assert "1 personne attend depuis plus d" in desk.client.get(TELL).content.decode()
    Membership.objects.create(actor=brought_in, user=people.verified(), role="owner")
    assert waiting(desk.animator) == 0


def test_nothing_leaves_while_nobody_answers_for_the_data(desk, brought_in, settings):
    settings.LEGAL = {**settings.LEGAL, "LEGAL_DPO": ""}
    assert "LEGAL_DPO" in desk.client.get(TELL).content.decode()
    assert "responsable de traitement" in tell(desk).content.decode()
    assert not OutgoingEmail.objects.exists()


def test_only_who_may_tell_does(brought_in):
    client = Client()
    client.force_login(people.verified(is_staff=True))
    assert client.get(TELL).status_code == client.post(TELL, {}).status_code == 403


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "99999999999999999999999", "\x00"])
def test_nonsense_tells_nobody(desk, brought_in, nonsense):
    assert desk.client.post(TELL, {"provenance": nonsense}).status_code == 302
    assert not OutgoingEmail.objects.exists()


def objection_path(actor: Actor) -> str:
    return urlsplit(objections.objection_url(actor, ADDRESS)).path


def test_one_click_removes_the_contact_everywhere(client, desk, brought_in):
    tell(desk)
    assert ADDRESS in client.get(objection_path(brought_in)).content.decode()
    brought_in.refresh_from_db()
    assert brought_in.contacts.get().email == ADDRESS, "scanners follow links: a GET changes nothing"
    for _click in range(2):
        assert "plus à awa@jardins.example" in client.post(objection_path(brought_in)).content.decode()
    brought_in.refresh_from_db()
    assert not brought_in.contacts.exists()
    assert not any(ADDRESS in str(line.raw) + str(line.values) for line in ImportLine.objects.all())
    assert Provenance.objects.get().objected_at is not None
    assert not Invitation.objects.filter(revoked_at=None).exists()


def test_after_an_objection_no_mail_leaves_for_that_address(client, desk, brought_in):
    tell(desk)
    mail = OutgoingEmail.objects.get()
    client.post(objection_path(brought_in))
    assert deliver(mail.pk) == MailState.CANCELLED
    mail.refresh_from_db()
    assert mail.error == "opposition"
    network.contact_of(brought_in, email=ADDRESS)
    Provenance.objects.update(objected_at=None, told_at=None, erased_at=None)
    assert "opposée" in tell(desk).content.decode()


def test_who_signs_up_afterwards_gets_mail_again(client, desk, brought_in):
    client.post(objection_path(brought_in))
    person = people.verified(email=ADDRESS)
    assert not EmailOptOut.silences(ADDRESS, person, OutgoingEmail(kind_code="actor_decision").kind)


def test_the_next_sheet_does_not_write_the_contact_down_again(client, desk, brought_in):
    client.post(objection_path(brought_in))
    desk.bring_in([["Autre maison", "ONG", "Awa Exemple", ADDRESS.upper(), "+33 4 50 00 00 00"]], HEADINGS)
    actor = Actor.objects.get(name="Autre maison")
    assert not actor.contacts.exists()
    assert Provenance.objects.get(actor=actor).personal == []


def test_who_took_the_page_in_hand_keeps_the_contact_of_the_page(client, brought_in):
    Membership.objects.create(actor=brought_in, user=people.verified(), role="owner")
    client.post(objection_path(brought_in))
    brought_in.refresh_from_db()
    assert brought_in.contacts.get().email == ADDRESS


@pytest.mark.parametrize("token", ["x", "a:b:c", "\u00e9", "W10:1:1", "." * 3000])
def test_a_forged_link_is_no_page(client, brought_in, token):
    assert client.post(reverse("contact-objection", args=[token])).status_code == 404
    assert not EmailOptOut.objects.exists()


def test_the_link_outlives_the_actor(client, brought_in):
    path = objection_path(brought_in)
    brought_in.delete()
    assert client.post(path).status_code == 200
    assert EmailOptOut.objects.filter(address=ADDRESS).exists()


def test_files_and_lines_are_forgotten_after_ninety_days(desk, brought_in, clock):
    run = ImportRun.objects.get()
    clock.forward(days=89)
    apply_all()
    assert ImportFile.objects.filter(run=run).exists()
    clock.forward(days=2)
    apply_all()
    assert not ImportFile.objects.exists()
    line = run.lines.get()
    assert (line.raw, line.values, line.actor) == ([], {}, brought_in)
    desk.client.force_login(desk.animator)
    assert desk.client.get(desk.url("progress", run)).status_code == 200


def test_a_contact_that_never_answered_is_forgotten_after_a_year(desk, brought_in, clock):
    tell(desk)
    claimed = network.actor(owner=people.verified(), contact={"email": "garde@test.example"})
    Provenance.objects.create(
        actor=claimed, source="Liste", obtained_on=timezone.localdate(), told_at=timezone.now(),
        personal=["contact_email"],
    )  # fmt: skip
    clock.forward(days=366)
    apply_all()
    brought_in.refresh_from_db()
    claimed.refresh_from_db()
    assert not brought_in.contacts.exists()
    assert claimed.contacts.get().email == "garde@test.example"
    assert Provenance.objects.get(actor=brought_in).erased_at is not None
