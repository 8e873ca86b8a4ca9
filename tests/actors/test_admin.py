"""The animators' admin: what waits comes first, decisions are told, nobody rises above their rights."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, ActorDecision, User
from coexist.common.groups import ADMINISTRATION, ANIMATION
from coexist.common.mail.models import OutgoingEmail
from tests.factories import network, people

pytestmark = pytest.mark.django_db

LIST = "/admin/actors/actor/"


@pytest.fixture
def administrator():
    person = people.verified(is_staff=True)
    person.groups.add(Group.objects.get(name=ADMINISTRATION))
    return person


@pytest.fixture
def staff(client, animator):
    client.force_login(animator)
    return client


def decision_page(actor, code="approuver") -> str:
    return reverse("admin:actors_actor_decide", args=[actor.pk, code])


def waiting(days: int, **fields) -> Actor:
    return network.owned_actor(state=ActorState.WAITING, submitted_at=timezone.now() - timedelta(days=days), **fields)[
        0
    ]


def test_waiting_profiles_come_first_the_longest_wait_on_top(staff):
    network.actor(name="Approuvé")
    for name, days in (("Récent", 1), ("Ancien", 12), ("Moyen", 5)):
        network.offer(waiting(days, name=name), f"Offre de {name}")
    response = staff.get(LIST)
    assert [actor.name for actor in response.context["cl"].result_list] == ["Ancien", "Moyen", "Récent", "Approuvé"]
    page = response.content.decode()
    assert "12 jours" in page
    assert "1 jour<" in page
    assert "Offre de Ancien" in page
    assert page.count(">Examiner</a>") == 3


def test_the_decision_page_shows_the_whole_profile(staff):
    actor = waiting(2, summary="Nous forons des puits.", description="Depuis 1998.")
    network.offer(actor, "Forage de puits", detail="Avec les villages.")
    page = staff.get(decision_page(actor)).content.decode()
    for told in ("Nous forons des puits.", "Depuis 1998.", "Forage de puits", "Avec les villages."):
        assert told in page


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("approuver", ActorState.APPROVED),
        ("a-completer", ActorState.CHANGES_ASKED),
        ("refuser", ActorState.REFUSED),
        ("suspendre", ActorState.SUSPENDED),
    ],
)
def test_a_decision_is_kept_and_mailed_to_the_owners_with_its_reason(staff, animator, code, state):
    actor = waiting(2)
    staff.post(decision_page(actor, code), {"reason": "Précisez votre statut."})
    actor.refresh_from_db()
    assert actor.state == state
    decision = ActorDecision.objects.get()
    assert (decision.by, decision.reason, decision.state) == (animator, "Précisez votre statut.", state)
    mail = OutgoingEmail.objects.get()
    assert mail.recipient == actor.members.get()
    assert "Précisez votre statut." in mail.body_text
    assert "Précisez votre statut." in mail.body_html


@pytest.mark.parametrize("code", ["a-completer", "refuser", "suspendre"])
def test_only_an_approval_may_go_without_reason(staff, code):
    actor = waiting(2)
    response = staff.post(decision_page(actor, code), {"reason": "  "})
    assert response.status_code == 200
    assert "reason" in response.context["form"].errors
    actor.refresh_from_db()
    assert actor.state == ActorState.WAITING
    assert not OutgoingEmail.objects.exists()
    staff.post(decision_page(actor), {"reason": ""})
    actor.refresh_from_db()
    assert actor.state == ActorState.APPROVED


def test_two_animators_who_decide_alike_mail_once(staff):
    actor = waiting(2)
    staff.post(decision_page(actor), {"reason": ""})
    page = staff.post(decision_page(actor), {"reason": ""}, follow=True).content.decode()
    assert "venait de prendre la même décision" in page
    assert OutgoingEmail.objects.count() == ActorDecision.objects.count() == 1


def test_a_decision_needs_a_post_a_right_and_a_known_code(client, staff):
    actor = waiting(2)
    staff.get(decision_page(actor))
    assert staff.post(decision_page(actor, "promouvoir"), {"reason": "x"}).status_code == 403
    client.force_login(people.verified(is_staff=True))
    assert client.post(decision_page(actor), {"reason": ""}).status_code == 403
    client.force_login(people.verified())
    assert client.post(decision_page(actor), {"reason": ""}).status_code in (302, 403)
    actor.refresh_from_db()
    assert actor.state == ActorState.WAITING


def test_the_state_cannot_be_edited_past_the_decision(staff):
    actor = waiting(2)
    form = {"name": "Autre nom", "slug": actor.slug, "kind": "ngo", "country": "FR", "state": "approved"}
    for inline in ("contacts", "offers", "memberships", "decisions"):
        form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    assert staff.post(f"{LIST}{actor.pk}/change/", form).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.state) == ("Autre nom", ActorState.WAITING)


def change_user(client, person: User, **fields):
    data = {
        "email": person.email, "name": person.name, "language": person.language, "digest": person.digest,
        "is_active": "on", **fields,
    }  # fmt: skip
    return client.post(f"/admin/actors/user/{person.pk}/change/", data)


def rights(person: User) -> tuple:
    person.refresh_from_db()
    return person.is_staff, person.is_superuser, set(person.groups.values_list("name", flat=True))


RISE = {"is_superuser": "on", "is_staff": "on"}


def test_an_animator_changes_no_account(staff, animator):
    other = people.verified()
    assert change_user(staff, other, name="Changé", **RISE).status_code == 403
    assert change_user(staff, animator, **RISE).status_code == 403
    assert rights(other) == (False, False, set())
    assert rights(animator) == (True, False, {ANIMATION})
    assert other.name == "Camille Test"


def test_an_administrator_edits_people_and_hands_out_no_right(client, administrator):
    other = people.verified()
    every_group = [group.pk for group in Group.objects.all()]
    client.force_login(administrator)
    assert change_user(client, other, name="Changé", groups=every_group, **RISE).status_code == 302
    assert rights(other) == (False, False, set())
    assert other.name == "Changé"
    assert change_user(client, administrator, groups=every_group, **RISE).status_code == 302
    assert rights(administrator) == (True, False, {ADMINISTRATION})


def test_an_administrator_cannot_touch_a_superuser(client, administrator):
    above = people.superuser()
    client.force_login(administrator)
    assert change_user(client, above, name="Changé", is_active="").status_code == 403
    passwords = {"password1": "un-nouveau-mot-long", "password2": "un-nouveau-mot-long", "usable_password": "true"}
    assert client.post(f"/admin/actors/user/{above.pk}/password/", passwords).status_code == 403
    assert client.post(f"/admin/actors/user/{above.pk}/delete/", {"post": "yes"}).status_code == 403
    above.refresh_from_db()
    assert (above.name, above.is_active) == ("Camille Test", True)
    assert above.check_password(people.PASSWORD)


def test_an_administrator_adds_somebody_without_rights(client, administrator):
    client.force_login(administrator)
    passwords = {"password1": "un-nouveau-mot-long", "password2": "un-nouveau-mot-long", "usable_password": "true"}
    form = {"email": "Neuve@Test.example", "name": "Neuve", **passwords, **RISE}
    assert client.post("/admin/actors/user/add/", form).status_code == 302
    added = User.objects.get(name="Neuve")
    assert added.email == "neuve@test.example"
    assert added.check_password("un-nouveau-mot-long")
    assert rights(added) == (False, False, set())


def test_a_superuser_hands_out_rights(client):
    other = people.verified()
    client.force_login(people.superuser())
    animation = Group.objects.get(name=ANIMATION)
    assert change_user(client, other, is_staff="on", groups=[animation.pk]).status_code == 302
    assert rights(other) == (True, False, {ANIMATION})


@pytest.mark.parametrize(
    ("group", "may", "may_not"),
    [
        (
            ANIMATION,
            ["actors.view_actor", "actors.change_actor", "common.view_outgoingemail", "matching.view_match",
             "partnerships.view_introduction", "actors.view_user", "projects.change_need"],
            ["actors.change_user", "actors.add_user", "actors.delete_actor", "actors.change_membership",
             "auth.change_group", "matching.change_match", "common.delete_outgoingemail"],
        ),
        (
            ADMINISTRATION,
            ["actors.add_user", "actors.change_user", "actors.delete_actor", "actors.change_skill"],
            ["actors.delete_user", "auth.change_group", "auth.add_group", "matching.change_match"],
        ),
    ],
)  # fmt: skip
def test_groups_come_from_the_migrations_with_their_permissions(group, may, may_not):
    person = people.verified(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    assert [permission for permission in may if not person.has_perm(permission)] == []
    assert [permission for permission in may_not if person.has_perm(permission)] == []


def test_the_admin_is_closed_to_people_without_staff_rights(client):
    client.force_login(people.verified())
    assert client.get("/admin/").status_code in (302, 403)


def test_every_admin_page_opens_for_an_animator(staff):
    actor = waiting(1)
    network.offer(actor)
    index = staff.get("/admin/").content.decode()
    for model in ("actor", "offer", "skill", "user"):
        assert f"/admin/actors/{model}/" in index
        response = staff.get(f"/admin/actors/{model}/")
        assert response.status_code == 200
    assert staff.get(f"{LIST}{actor.pk}/change/").status_code == 200
