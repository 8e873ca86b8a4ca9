"""Who acts for an actor: roles, leaving, removing; never without an owner; a clear word to who was removed."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from actors.joining import members
from actors.models import Actor, Membership, MembershipEvent
from coexist.common.mail.models import OutgoingEmail
from tests.access.crawl import client_of
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared():
    """An actor with two owners."""
    actor, first = network.owned_actor(name="Passerelles")
    second = people.verified(name="Awa Diop")
    network.join(second, actor)
    return actor, first, second


def membership(actor, person) -> Membership:
    return actor.memberships.get(user=person)


def events() -> list[tuple]:
    return list(MembershipEvent.objects.order_by("pk").values_list("what", "person", "by", "role"))


def test_an_owner_changes_a_role_which_is_noted_and_told(client, shared):
    actor, first, second = shared
    client.force_login(first)
    client.post(reverse("member-role", args=[membership(actor, second).pk]), {"role": "reader"})
    assert membership(actor, second).role == "reader"
    assert events() == [("role_changed", second.pk, first.pk, "reader")]
    mail = OutgoingEmail.objects.get()
    assert mail.recipient == second
    assert "lecteur" in mail.body_text


def test_a_role_that_does_not_exist_is_refused(client, shared):
    actor, first, second = shared
    client.force_login(first)
    for role in ("empereur", "", "\x00", "x" * 5000):
        page = client.post(reverse("member-role", args=[membership(actor, second).pk]), {"role": role}, follow=True)
        assert "Choisissez un rôle dans la liste" in page.content.decode()
    assert membership(actor, second).role == "owner"


def test_a_removed_member_is_told_and_sees_the_drafts_no_more(client):
    actor, owner = network.owned_actor(state="draft")
    editor = people.verified()
    member = network.join(editor, actor, "editor")
    client.force_login(owner)
    client.post(reverse("member-remove", args=[member.pk]))
    assert events() == [("removed", editor.pk, owner.pk, "editor")]
    assert "n'êtes plus membre" in OutgoingEmail.objects.get(recipient=editor).body_text
    assert not Actor.objects.visible_to(editor).filter(pk=actor.pk).exists()


def test_the_last_owner_neither_leaves_nor_steps_down_nor_is_removed(client, shared):
    actor, first, second = shared
    membership(actor, second).delete()
    network.join(people.verified(), actor, "editor")
    client.force_login(first)
    own = membership(actor, first)
    for page, form in [
        (reverse("actor-leave", args=[actor.slug]), {}),
        (reverse("member-role", args=[own.pk]), {"role": "editor"}),
        (reverse("member-remove", args=[own.pk]), {}),
    ]:
        answer = client.post(page, form, follow=True)
        assert "nommez-en d'abord un autre" in answer.content.decode().replace("&#x27;", "'")
        assert membership(actor, first).role == "owner"
    assert events() == []


def test_an_owner_whose_account_is_closed_does_not_count(shared):
    actor, first, second = shared
    second.is_active = False
    second.save()
    with pytest.raises(members.MembershipError):
        members.leave(actor=actor, acting_user=first)


def test_leaving_twice_is_leaving_once(client, shared):
    actor, first, _second = shared
    client.force_login(first)
    page = reverse("actor-leave", args=[actor.slug])
    assert client.post(page).status_code == 302
    members.leave(actor=actor, acting_user=first)
    assert events() == [("left", first.pk, first.pk, "owner")]


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_the_same_moment_one_stays():
    actor, first = network.owned_actor()
    second = people.verified()
    network.join(second, actor)
    start, outcomes = threading.Barrier(2), []

    def leave(person) -> None:
        start.wait()
        try:
            members.leave(actor=actor, acting_user=person)
            outcomes.append("left")
        except members.MembershipError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[person]) for person in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["left", "refused"]
    assert actor.memberships.owners().count() == 1


def test_members_see_each_other_and_owners_alone_see_addresses(client, shared):
    actor, first, second = shared
    reader = people.verified(name="Un lecteur")
    network.join(reader, actor, "reader")
    page = reverse("actor-members", args=[actor.slug])
    shown = client_of(reader).get(page).content.decode()
    assert "Awa Diop" in shown
    assert second.email not in shown
    assert "Inviter" not in shown
    shown = client_of(first).get(page).content.decode()
    assert second.email in shown
    assert "Inviter" in shown


# Removed while at work ------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["approved", "draft"])
def test_a_member_removed_while_editing_is_told_so_and_keeps_what_was_typed(client, state):
    actor, owner = network.owned_actor(state=state, name="Passerelles")
    editor = people.verified()
    member = network.join(editor, actor, "editor")
    client.force_login(editor)
    page = reverse("actor-edit", args=[actor.slug])
    assert client.get(page).status_code == 200
    members.remove_member(membership=member, acting_user=owner)
    typed = {"name": "Passerelles", "kind": "ngo", "country": "FR", "description": "Deux heures de <b>travail</b>."}
    answer = client.post(page, typed)
    shown = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 403
    assert "Vous n'êtes plus membre de Passerelles" in shown
    assert "Deux heures de &lt;b&gt;travail&lt;/b&gt;." in shown
    actor.refresh_from_db()
    assert actor.description == ""


def test_so_is_who_writes_an_offer_a_need_or_an_answer(client):
    actor, owner = network.owned_actor(name="Passerelles")
    editor = people.verified()
    member = network.join(editor, actor, "editor")
    offer = network.offer(actor)
    draft = network.project(actor, state="draft")
    need = network.need(network.project(actor))
    asked = network.introduction(need, network.actor())
    members.remove_member(membership=member, acting_user=owner)
    client.force_login(editor)
    for name, args in [
        ("offer-edit", [offer.pk]), ("offer-create", [actor.slug]), ("project-edit", [draft.slug]),
        ("need-create", [draft.slug]), ("need-edit", [need.pk]), ("introduction-answer", [asked.pk]),
    ]:  # fmt: skip
        answer = client.post(reverse(name, args=args), {"detail": "Un long texte à garder"})
        shown = answer.content.decode().replace("&#x27;", "'")
        assert (name, answer.status_code) == (name, 403)
        assert "Vous n'êtes plus membre de Passerelles" in shown
        assert "Un long texte à garder" in shown


def test_strangers_learn_nothing_of_a_hidden_actor(client):
    actor, _owner = network.owned_actor(state="draft", name="Secrète")
    client.force_login(people.verified())
    answer = client.post(reverse("actor-edit", args=[actor.slug]), {"name": "x"})
    assert answer.status_code == 404
    assert "Secrète" not in answer.content.decode()


# Accounts that close --------------------------------------------------------------------------


def test_animators_hear_of_an_actor_whose_last_owner_was_deleted(client, animator, shared):
    actor, first, second = shared
    client.force_login(people.superuser())
    for person in (first, second):
        assert not OutgoingEmail.objects.filter(kind_code="actor_ownerless").exists()
        client.post(reverse("admin:actors_user_delete", args=[person.pk]), {"post": "yes"})
    mail = OutgoingEmail.objects.get(kind_code="actor_ownerless", recipient=animator)
    assert "Passerelles" in mail.subject
    assert not actor.memberships.exists()


def test_the_administration_leaves_an_actor_its_owner(client, shared):
    actor, first, second = shared
    membership(actor, second).delete()
    client.force_login(people.superuser())
    page = reverse("admin:actors_actor_change", args=[actor.pk])
    shown = client.get(page).context["inline_admin_formsets"]
    [formset] = [one.formset for one in shown if one.formset.model is Membership]
    prefix = formset.prefix
    form = {
        "name": actor.name, "slug": actor.slug, "kind": "ngo", "country": "FR",
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1",
        f"{prefix}-0-id": membership(actor, first).pk, f"{prefix}-0-actor": actor.pk, f"{prefix}-0-user": first.pk,
        f"{prefix}-0-role": "reader",
        "offers-TOTAL_FORMS": "0", "offers-INITIAL_FORMS": "0",
        "decisions-TOTAL_FORMS": "0", "decisions-INITIAL_FORMS": "0",
        "contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = client.post(page, form)
    assert answer.status_code == 200
    assert "garde au moins un responsable" in answer.content.decode()
    assert membership(actor, first).role == "owner"
