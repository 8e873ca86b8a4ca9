"""The second step at log-in, the administration's door, open sessions."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from coexist.common.mail.models import OutgoingEmail
from coexist.common.tasks import clear_sessions
from tests.access.crawl import client_of
from tests.factories import joining, people

pytestmark = pytest.mark.django_db


def log_in(client, person, **more):
    return client.post(reverse("account_login"), {"login": person.email, "password": people.PASSWORD, **more})


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


def confirm(client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})


def activate(client) -> str:
    """Switch the second step on, as a person does, the password given once more; the secret."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": joining.code_for(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return secret


@pytest.fixture
def staff_need_it(settings):
    settings.STAFF_MFA_REQUIRED = True


# The second step ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_it_is_switched_on_asked_for_and_replaced_by_a_recovery_code(client):
    person = people.verified()
    log_in(client, person)
    secret = activate(client)
    assert "activée" in OutgoingEmail.objects.get(recipient=person, subject__contains="pplication").body_text
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    for second in (joining.code_for(secret), codes[0]):
        fresh = Client()
        assert log_in(fresh, person).url == reverse("mfa_authenticate")
        assert not is_logged_in(fresh)
        assert fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
        assert not is_logged_in(fresh)
        fresh.post(reverse("mfa_authenticate"), {"code": second})
        assert is_logged_in(fresh)
    again = Client()
    log_in(again, person)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_logged_in(again), "a recovery code works once"


@pytest.mark.django_db(transaction=True)
def test_switching_it_on_ends_the_sessions_opened_without_it(client):
    person = people.verified()
    elsewhere = Client()
    log_in(elsewhere, person)
    log_in(client, person)
    activate(client)
    assert is_logged_in(client)
    assert not Session.objects.filter(session_key=elsewhere.session.session_key).exists()


def test_the_pages_are_in_french_and_ours(client):
    person = people.verified()
    log_in(client, person)
    confirm(client)
    for name in ("security", "mfa_index", "mfa_activate_totp", "usersessions_list", "account_email"):
        page = client.get(reverse(name))
        shown = page.content.decode()
        assert "site-header" in shown
        for english in ("Two-Factor", "Authenticator", "Recovery", "Sign Out", "Sessions</h1>"):
            assert english not in shown


# Staff ----------------------------------------------------------------------------------------

CLOSED = [
    "/admin/", "/admin/actors/actor/", "/admin/actors/user/", "/admin/login/", "/admin/password_change/",
    "/admin/jsi18n/", "/admin/autocomplete/?app_label=actors&model_name=offer&field_name=skills&term=a",
    "/tableau-de-bord/", "/acteurs/", "/",
]  # fmt: skip


def test_staff_without_it_reach_nothing_and_are_led_to_it(staff_need_it, animator):
    client = Client()
    log_in(client, animator)
    for address in CLOSED:
        answer = client.get(address)
        assert (address, answer.status_code, answer.url) == (address, 302, reverse("security"))
        answer = client.post(address)
        assert (address, answer.status_code) == (address, 302)
    page = client.get(reverse("security")).content.decode()
    assert "la double authentification est obligatoire" in page
    assert reverse("mfa_activate_totp") in page


def test_staff_enter_once_they_have_it_and_cannot_give_it_up(staff_need_it, animator):
    client = Client()
    log_in(client, animator)
    activate(client)
    assert client.get("/admin/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=animator, type="totp").exists()


def test_recovery_codes_alone_are_no_second_step(staff_need_it, animator):
    joining.second_step(animator)
    Authenticator.objects.filter(type="totp").delete()
    assert client_of(animator).get("/admin/").url == reverse("security")


def test_others_are_not_asked_for_it(staff_need_it, member):
    assert client_of(member).get("/tableau-de-bord/").status_code == 200


def test_it_is_asked_of_staff_in_production_only(settings, animator):
    assert settings.STAFF_MFA_REQUIRED is False
    assert client_of(animator).get("/admin/").status_code == 200


# The administration's own log-in --------------------------------------------------------------


def test_the_administration_has_no_password_form_of_its_own(animator):
    """Django's would let in with the password alone whoever posts to it, staff already logged in included."""
    target = people.superuser()
    joining.second_step(target)
    form = {"username": target.email, "password": people.PASSWORD, "next": "/admin/"}
    for client in (Client(), client_of(people.verified()), client_of(animator)):
        before = client.session.get("_auth_user_id")
        for address in ("/admin/login/", "/admin/login/?next=/admin/actors/user/"):
            answer = client.post(address, form)
            assert answer.status_code in (302, 403)
            assert client.session.get("_auth_user_id") == before
            assert "password" not in client.get(address).content.decode()


def test_its_door_leads_to_the_sites_log_in_and_back():
    answer = Client().get("/admin/actors/actor/?state=waiting", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    animator = people.animator()
    joining.second_step(animator)
    client = Client()
    asked = log_in(client, animator, next="/admin/actors/actor/")
    assert asked.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302


def test_its_door_sends_nobody_off_the_site(animator):
    for client in (Client(), client_of(animator)):
        answer = client.get("/admin/login/?next=https://ailleurs.example/")
        assert "ailleurs.example" not in answer.url


def test_the_administration_shows_no_secret():
    person = people.verified()
    made = joining.second_step(person)
    client = client_of(people.superuser())
    for page in ("changelist", "change"):
        args = [made.pk] if page == "change" else []
        shown = client.get(reverse(f"admin:mfa_authenticator_{page}", args=args)).content.decode()
        assert made.data["secret"] not in shown
    client.post(reverse("admin:mfa_authenticator_delete", args=[made.pk]), {"post": "yes"})
    assert not Authenticator.objects.filter(pk=made.pk).exists()


# Sessions -------------------------------------------------------------------------------------


def test_one_sees_ones_sessions_and_ends_one_or_all_the_others(client):
    person = people.verified()
    log_in(client, person)
    others = [joining.session_elsewhere(person) for _number in range(3)]
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("Firefox, Windows") >= 3
    assert "ici, maintenant" in page
    client.post(reverse("session-end", args=[others[0].pk]))
    assert not Session.objects.filter(session_key=others[0].session_key).exists()
    assert Session.objects.filter(session_key=others[1].session_key).exists()
    client.post(reverse("usersessions_list"))
    assert list(UserSession.objects.filter(user=person).values_list("session_key", flat=True)) == [
        client.session.session_key
    ]
    assert is_logged_in(client)


def test_one_does_not_end_somebody_elses_session(client, member):
    theirs = joining.session_elsewhere(people.verified())
    client.force_login(member)
    assert client.post(reverse("session-end", args=[theirs.pk])).status_code == 404
    assert Session.objects.filter(session_key=theirs.session_key).exists()


def test_what_was_noted_of_a_session_goes_with_it(member):
    kept, ended = joining.session_elsewhere(member), joining.session_elsewhere(member)
    Session.objects.filter(session_key=ended.session_key).delete()
    clear_sessions()
    assert list(UserSession.objects.all()) == [kept]
