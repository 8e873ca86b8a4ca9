"""Invitations by mail: once, for one address, for 14 days; every other link gets a page that says why not."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from actors.joining import invitations
from actors.models import Actor, Invitation, MembershipEvent, User
from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from tests.access.crawl import client_of
from tests.factories import joining, network, people

pytestmark = pytest.mark.django_db

PASSWORD = "une-phrase-assez-longue"


@pytest.fixture
def ngo():
    return network.owned_actor(name="Passerelles solidaires")


def invite(client, actor: Actor, email: str = "nouvelle@asso.example", role: str = "editor", **more):
    return client.post(reverse("actor-members", args=[actor.slug]), {"email": email, "role": role}, **more)


def mails_to(email: str):
    return OutgoingEmail.objects.filter(address=email, kind_code__in=["invitation", "owner_invitation"]).order_by("pk")


def link_in(mail: OutgoingEmail) -> str:
    (link,) = re.findall(r"https?://[^/\s]+(/invitation/\S+)", mail.body_text)
    return link


def text(answer) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def test_the_token_stands_in_the_mail_alone(client, ngo):
    actor, owner = ngo
    client.force_login(owner)
    invite(client, actor)
    mail = mails_to("nouvelle@asso.example").get()
    token = link_in(mail).split("/")[2]
    row = Invitation.objects.get()
    assert token not in str(row.__dict__)
    assert (row.email, row.role, row.invited_by) == ("nouvelle@asso.example", "editor", owner)
    assert timedelta(days=13, hours=23) < row.expires_at - row.sent_at <= timedelta(days=14)
    deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, token in mail.body_text) == (MailState.SENT, False)


def test_a_new_person_signs_up_through_the_link_and_the_address_is_proved(ngo, client):
    actor, owner = ngo
    invite(client_of(owner), actor, email="Nouvelle@Asso.example")
    link = link_in(mails_to("nouvelle@asso.example").get())
    assert "Créer mon compte pour rejoindre" in text(client.get(link))
    assert not client.session.get("account_verified_email"), "a mail scanner's GET proves nothing"
    signup = client.post(link)
    form = client.get(signup.url).context["form"]
    assert form.initial["email"] == "nouvelle@asso.example"
    answer = client.post(
        signup.url, {"name": "Awa Diop", "email": "nouvelle@asso.example", "password1": PASSWORD, "next": link}
    )
    assert answer.url == link
    assert EmailAddress.objects.get(email="nouvelle@asso.example").verified
    assert not OutgoingEmail.objects.filter(kind_code="account").exists(), "no code: the link proved the address"
    answer = client.post(link)
    assert answer.url == actor.get_absolute_url()
    person = User.objects.get(email="nouvelle@asso.example")
    assert actor.memberships.get(user=person).role == "editor"
    assert ("joined", person.pk, person.pk) in MembershipEvent.objects.values_list("what", "person", "by")


def test_another_address_typed_at_sign_up_is_not_proved_and_does_not_join(ngo, client):
    actor, owner = ngo
    invite(client_of(owner), actor)
    link = link_in(mails_to("nouvelle@asso.example").get())
    signup = client.post(link)
    client.post(signup.url, {"name": "X", "email": "autre@asso.example", "password1": PASSWORD, "next": link})
    assert not EmailAddress.objects.get(email="autre@asso.example").verified
    assert "_auth_user_id" not in client.session
    assert actor.memberships.count() == 1


def test_the_proof_does_not_outlive_the_link(ngo, client):
    """Signing up with the invited address without having come through the mail asks for a code."""
    actor, owner = ngo
    invite(client_of(owner), actor)
    client.post(reverse("account_signup"), {"name": "X", "email": "nouvelle@asso.example", "password1": PASSWORD})
    assert not EmailAddress.objects.get(email="nouvelle@asso.example").verified


def test_who_has_an_account_logs_in_and_joins(ngo, client):
    actor, owner = ngo
    person = people.verified()
    invite(client_of(owner), actor, email=person.email, role="owner")
    link = link_in(mails_to(person.email).get())
    login = client.post(link)
    answer = client.post(login.url, {"login": person.email, "password": people.PASSWORD, "next": link})
    assert answer.url == link
    assert "Rejoindre" in text(client.get(link))
    client.post(link)
    assert actor.memberships.get(user=person).role == "owner"


def test_who_is_logged_in_with_another_address_is_told_so(ngo):
    actor, owner = ngo
    invite(client_of(owner), actor)
    link = link_in(mails_to("nouvelle@asso.example").get())
    other = people.verified()
    client = client_of(other)
    shown = text(client.get(link))
    assert "Elle a été envoyée à nouvelle@asso.example" in shown
    assert f"connecté avec {other.email}" in shown
    assert client.post(link).status_code == 403
    assert actor.memberships.count() == 1
    assert Invitation.objects.get().accepted_at is None


def test_an_address_that_is_not_proved_does_not_join(ngo):
    actor, _owner = ngo
    person = people.unverified()
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    _row, token = joining.invitation(actor, email=person.email)
    assert client_of(person).post(reverse("invitation", args=[token])).status_code == 403
    assert actor.memberships.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"days": -1}, "a expiré"),
        ({"accepted": True}, "a déjà servi"),
        ({"revoked": True}, "a été annulée"),
    ],
)
def test_a_link_that_is_over_says_why(ngo, clock, fields, said):
    actor, _owner = ngo
    person = people.verified()
    row, token = joining.invitation(actor, email=person.email)
    if "days" in fields:
        row.expires_at = clock.now + timedelta(days=fields["days"])
    row.accepted_at = clock.now if "accepted" in fields else None
    row.revoked_at = clock.now if "revoked" in fields else None
    row.save()
    client = client_of(person)
    for answer in (client.get(reverse("invitation", args=[token])), client.post(reverse("invitation", args=[token]))):
        assert answer.status_code == 410
        assert said in text(answer)
    assert actor.memberships.count() == 1


def test_it_expires_after_14_days_and_no_sooner(ngo, clock):
    actor, _owner = ngo
    person = people.verified()
    invitations.invite(actor=actor, email=person.email, role="reader", acting_user=_owner)
    link = link_in(mails_to(person.email).get())
    clock.forward(days=13, hours=23)
    assert client_of(person).get(link).status_code == 200
    clock.forward(hours=2)
    assert client_of(person).get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "é" * 40, "x" * 3000, "../../admin"])
def test_a_forged_link_gets_a_page(client, token):
    answer = client.get(f"/invitation/{token}/")
    assert answer.status_code == 404


def test_it_works_once(ngo):
    actor, _owner = ngo
    person = people.verified()
    _row, token = joining.invitation(actor, email=person.email)
    client = client_of(person)
    page = reverse("invitation", args=[token])
    assert client.post(page).status_code == 302
    assert client.post(page).status_code == 410
    assert actor.memberships.filter(user=person).count() == 1


def test_sending_again_replaces_the_link_and_the_waiting_mail(ngo, client):
    actor, owner = ngo
    client.force_login(owner)
    invite(client, actor)
    first = mails_to("nouvelle@asso.example").get()
    client.post(reverse("invitation-resend", args=[Invitation.objects.get().pk]))
    second = mails_to("nouvelle@asso.example").last()
    assert Client().get(link_in(first)).status_code == 404
    assert Client().get(link_in(second)).status_code == 200
    assert deliver(first.pk) == MailState.CANCELLED
    assert deliver(second.pk) == MailState.SENT


def test_inviting_twice_sends_again_with_the_new_role(ngo, client):
    actor, owner = ngo
    client.force_login(owner)
    invite(client, actor)
    invite(client, actor, role="reader")
    row = Invitation.objects.get()
    assert (row.role, row.times_sent) == ("reader", 2)


def test_an_address_is_not_written_to_without_end(ngo, client):
    actor, owner = ngo
    client.force_login(owner)
    for _try in range(invitations.MOST_SENDS + 2):
        answer = invite(client, actor)
    assert "a déjà reçu 5 invitations" in text(answer)
    assert mails_to("nouvelle@asso.example").count() == invitations.MOST_SENDS


def test_a_revoked_one_is_not_sent(ngo, client):
    actor, owner = ngo
    client.force_login(owner)
    invite(client, actor)
    mail = mails_to("nouvelle@asso.example").get()
    client.post(reverse("invitation-revoke", args=[Invitation.objects.get().pk]))
    assert deliver(mail.pk) == MailState.CANCELLED
    assert "a été annulée" in text(Client().get(link_in(mail)))


@pytest.mark.parametrize("email", ["", "pas une adresse", "a@b", "x" * 300 + "@asso.example", "a\x00b@asso.example"])
def test_a_wrong_address_is_said_next_to_the_field_and_kept(ngo, client, email):
    actor, owner = ngo
    client.force_login(owner)
    answer = invite(client, actor, email=email)
    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors
    assert answer.context["form"]["email"].value() == email
    assert not Invitation.objects.exists()


def test_who_is_a_member_is_not_invited(ngo, client):
    actor, owner = ngo
    client.force_login(owner)
    assert "déjà membre" in text(invite(client, actor, email=owner.email.upper()))


def test_a_suspended_actor_is_not_joined(ngo):
    actor, _owner = ngo
    person = people.verified()
    _row, token = joining.invitation(actor, email=person.email)
    actor.state = "suspended"
    actor.save()
    answer = client_of(person).post(reverse("invitation", args=[token]))
    assert answer.status_code == 410
    assert "n'accueille plus de membres" in text(answer)


def test_the_first_owner_of_an_imported_actor_is_invited_with_the_notice(animator):
    actor = network.actor(name="Association importée")
    notice = "Votre adresse vient de l'annuaire public de la CSI."
    invitations.invite(
        actor=actor, email="contact@importee.example", role="owner", acting_user=animator, as_owner_notice=notice
    )
    mail = mails_to("contact@importee.example").get()
    assert mail.kind_code == "owner_invitation"
    assert notice in mail.body_text
    assert notice in text(Client().get(link_in(mail)))


def test_joining_does_not_lower_a_role(ngo):
    actor, owner = ngo
    _row, token = joining.invitation(actor, email=owner.email, role="reader")
    client_of(owner).post(reverse("invitation", args=[token]))
    assert actor.memberships.get(user=owner).role == "owner"
