"""An account is erased: nothing says any more who it was, and nobody else loses a word."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from actors.enums import ActorState
from actors.models import Actor, Contact, Membership, User
from actors.privacy.erasure import ErasureError, erase_person
from actors.privacy.succession import ANIMATORS, ARCHIVE, Succession, left_to_animators
from coexist.common.mail.enums import MailState
from coexist.common.mail.erased import ERASED_ADDRESS
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress, suspend
from coexist.pages.models import ContactMessage
from projects.partnerships.models import Introduction
from projects.search.models import SavedSearch, Told
from projects.search.services import keep_search
from tests.access.crawl import client_of
from tests.factories import mails, network, people

pytestmark = pytest.mark.django_db

NAME, EMAIL, SECOND = "Ysolde Introuvable", "ysolde@disparue.example", "y.introuvable@ailleurs.example"
PASSWORD = people.PASSWORD


@pytest.fixture
def person():
    person = people.verified(name=NAME, email=EMAIL)
    EmailAddress.objects.create(user=person, email=SECOND, verified=True)
    return person


def erase(person, *successions):
    erase_person(person=person, successions=successions, acting_user=person)


def database_holds(text: str) -> list[str]:
    """Tables of the whole database in which a row says `text`."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{text}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def everything_about(person) -> dict:
    """Rows of every room that name the person."""
    actor = network.actor(owner=person, contact={"name": NAME, "email": EMAIL.upper(), "phone": "+33 4 00"})
    other_owner = people.verified()
    network.join(other_owner, actor)
    Contact.objects.create(actor=actor, name=NAME, email=SECOND)
    introduction = network.introduction(
        network.need(network.project(network.actor())), actor, message="Nous savons faire.", asked_by=person
    )
    mails.answer(person, subject=f"Bonjour {NAME}", body_text=f"Cher {NAME}")
    mails.code(person)
    mails.alert(person)
    search = keep_search(acting_user=person, place="needs", query="q=eau", name=f"Pour {NAME}", rhythm="daily")
    Told.objects.create(search=search, need=network.need(network.project(network.actor())))
    EmailOptOut.objects.create(address=EMAIL, kind_code="needs_for_actor")
    suspend(SECOND, "550 Inconnu")
    ContactMessage.objects.create(
        name=NAME,
        email=EMAIL,
        subject="Question",
        body=f"Je suis {NAME}",
        form_key="7b1b8e5e-0000-4000-8000-000000000001",
    )
    LogEntry.objects.create(
        user=people.superuser(), content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk),
        object_repr=NAME, action_flag=CHANGE,
    )  # fmt: skip
    return {"actor": actor, "introduction": introduction}


def test_no_table_says_who_it_was_and_what_was_said_to_others_stays(person):
    made = everything_about(person)
    client = client_of(person)
    assert database_holds(NAME)
    assert database_holds(EMAIL)
    erase(person, *left_to_animators(person))
    confirmation = OutgoingEmail.objects.get(kind_code="account_erased")
    assert confirmation.address == EMAIL
    confirmation.delete()
    assert {text: database_holds(text) for text in (NAME, EMAIL, SECOND)} == {NAME: [], EMAIL: [], SECOND: []}
    introduction = Introduction.objects.get(pk=made["introduction"].pk)
    assert introduction.message == "Nous savons faire."
    assert str(introduction.asked_by) == "personne effacée"
    assert Actor.objects.get(pk=made["actor"].pk).state == ActorState.APPROVED
    assert not Membership.objects.filter(user=person).exists()
    assert not SavedSearch.objects.exists()
    assert client.get(reverse("dashboard")).status_code == 302


def test_nobody_else_loses_anything(person):
    other = people.verified()
    mail = mails.answer(other, body_text="Pour un autre")
    network.join(other, network.actor(owner=person))
    session = client_of(other)
    suspend(other.email, "550")
    erase(person, *left_to_animators(person))
    mail.refresh_from_db()
    assert (mail.body_text, mail.address, mail.recipient) == ("Pour un autre", other.email, other)
    assert session.get(reverse("dashboard")).status_code == 200
    assert SuspendedAddress.objects.filter(address=other.email).exists()
    assert EmailAddress.objects.filter(user=other).count() == 1


def test_what_waited_to_leave_does_not_leave(person):
    waiting = mails.answer(person)
    erase(person)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address, waiting.body_text) == (MailState.CANCELLED, ERASED_ADDRESS, "")


def test_an_address_that_was_only_claimed_is_not_ours_to_wipe(person):
    """Anybody can type another's address into the account page; only a proven one counts."""
    victim = people.verified(email="victime@test.example")
    EmailAddress.objects.create(user=person, email=victim.email, verified=False)
    mail = mails.answer(victim, body_text="Privé")
    assert "Privé" not in client_of(person).get(reverse("my-data")).content.decode()
    erase(person)
    mail.refresh_from_db()
    assert mail.body_text == "Privé"


def test_open_sessions_end_at_once(person):
    phone, desk, other = client_of(person), client_of(person), client_of(people.verified())
    assert Session.objects.count() == 3
    erase(person)
    assert Session.objects.count() == 1
    assert [client.get(reverse("dashboard")).status_code for client in (phone, desk, other)] == [302, 302, 200]


def test_twice_is_once(person):
    erase(person)
    first = User.objects.values().get(pk=person.pk)
    erase(person)
    assert User.objects.values().get(pk=person.pk) == first
    assert OutgoingEmail.objects.filter(kind_code="account_erased").count() == 1


def test_the_same_address_may_sign_up_again(person):
    erase(person)
    assert people.verified(email=EMAIL).pk != person.pk


# Actors left alone -----------------------------------------------------------------------------


@pytest.fixture
def alone(person):
    return network.actor(owner=person, name="Atelier seul")


def test_an_actor_is_not_left_alone_without_a_word(person, alone):
    with pytest.raises(ErasureError, match="Atelier seul"):
        erase(person)
    assert Membership.objects.filter(user=person, actor=alone).exists()
    assert not User.objects.get(pk=person.pk).erased_at


def test_it_is_handed_to_a_member(person, alone):
    heir = network.join(people.verified(), alone, "editor")
    erase(person, Succession(alone.pk, str(heir.pk)))
    heir.refresh_from_db()
    assert heir.role == "owner"


def test_not_to_a_member_of_another_actor_nor_to_a_closed_account(person, alone):
    stranger = network.join(people.verified(), network.actor(), "editor")
    closed = network.join(people.verified(is_active=False), alone, "editor")
    for heir in (stranger, closed):
        with pytest.raises(ErasureError):
            erase(person, Succession(alone.pk, str(heir.pk)))


def test_it_is_archived(person, alone):
    erase(person, Succession(alone.pk, ARCHIVE))
    alone.refresh_from_db()
    assert alone.state == ActorState.ARCHIVED
    assert str(alone.decisions.first().by) == "personne effacée"


def test_or_the_animators_are_told(person, alone, animator):
    erase(person, Succession(alone.pk, ANIMATORS))
    alone.refresh_from_db()
    assert alone.state == ActorState.APPROVED
    assert "Atelier seul" in OutgoingEmail.objects.get(recipient=animator).subject


def test_an_owner_whose_account_is_closed_does_not_count(person, alone):
    network.join(people.verified(is_active=False), alone)
    with pytest.raises(ErasureError):
        erase(person)


def test_the_last_administrator_stays():
    only = people.superuser()
    with pytest.raises(ErasureError):
        erase(only)
    people.superuser()
    erase(only)
    only.refresh_from_db()
    assert [only.is_staff, only.is_superuser, only.is_active] == [False, False, False]


# The page -------------------------------------------------------------------------------------


def test_a_wrong_password_erases_nothing(person):
    answer = client_of(person).post(reverse("account-erase"), {"password": "pas le bon"})
    assert "pas votre mot de passe" in answer.content.decode().replace("&#x27;", "'")
    assert not User.objects.get(pk=person.pk).erased_at


def test_a_choice_is_asked_for_each_actor_and_a_forged_one_refused(person, alone):
    client = client_of(person)
    field = f"actor-{alone.pk}"
    missing = client.post(reverse("account-erase"), {"password": PASSWORD})
    assert missing.context["form"].errors.keys() == {field}
    forged = client.post(reverse("account-erase"), {"password": PASSWORD, field: "999999"})
    assert forged.context["form"].errors.keys() == {field}
    assert not User.objects.get(pk=person.pk).erased_at


def test_what_changed_since_the_page_was_opened_is_asked_again(person):
    """The other owner leaves while the password is being typed: no actor is lost in between."""
    actor = network.actor(owner=person)
    other = network.join(people.verified(), actor)
    client = client_of(person)
    assert client.get(reverse("account-erase")).context["form"].left_alone == []
    other.delete()
    answer = client.post(reverse("account-erase"), {"password": PASSWORD})
    assert answer.status_code == 200
    assert not User.objects.get(pk=person.pk).erased_at


def test_without_a_password_one_is_asked_for_first(person):
    person.set_unusable_password()
    person.save()
    assert client_of(person).get(reverse("account-erase")).url == reverse("account_set_password")


def test_the_form_cannot_be_sent_from_elsewhere(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(reverse("account-erase"), {"password": PASSWORD}).status_code == 403


def test_guesses_of_the_password_are_counted(person, settings):
    settings.RATE_LIMITED = True
    client = client_of(person)
    codes = [client.post(reverse("account-erase"), {"password": "faux"}).status_code for _try in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_restored_account_is_erased_again_by_its_number(person, alone):
    call_command("erase_people", str(person.pk), "999999", verbosity=0)
    call_command("erase_people", str(person.pk), verbosity=0)
    person.refresh_from_db()
    assert person.erased_at is not None
    assert alone.memberships.count() == 0
