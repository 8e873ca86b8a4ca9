"""The queue: put aside, followed by somebody, approved several at once; two animators never undo each other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors import queue, services
from actors.enums import ActorState
from actors.models import Actor, ActorDecision, ReasonTemplate
from coexist.common.mail.models import OutgoingEmail
from tests.factories import network, people

pytestmark = pytest.mark.django_db

LIST = reverse("admin:actors_actor_changelist")
TOGETHER = reverse("admin:actors_actor_approve_together")
TODAY = timezone.localdate()


@pytest.fixture
def staff(client, animator):
    client.force_login(animator)
    return client


def waiting(days: int = 2, **fields) -> Actor:
    sent = timezone.now() - timedelta(days=days)
    return network.owned_actor(state=ActorState.WAITING, submitted_at=sent, **fields)[0]


def page(name: str, actor: Actor, *more) -> str:
    return reverse(f"admin:actors_actor_{name}", args=[actor.pk, *more])


def listed(staff, **query) -> list[str]:
    return [actor.name for actor in staff.get(LIST, query).context["cl"].result_list]


def fresh(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


# Putting aside ----------------------------------------------------------------------------------


def test_a_profile_put_aside_leaves_the_queue_until_its_day(staff, clock):
    aside, other = waiting(9, name="Mis de côté"), waiting(1, name="À décider")
    until = TODAY + timedelta(days=3)
    assert staff.post(page("snooze", aside), {"until": until}).status_code == 302
    assert fresh(aside).snoozed_until == until
    assert listed(staff) == [other.name, aside.name]
    assert listed(staff, file="waiting") == [other.name]
    assert listed(staff, file="snoozed") == [aside.name]
    assert f"mis de côté jusqu’au {until:%d/%m/%Y}".replace("’", "'") in staff.get(LIST).content.decode().replace(
        "&#x27;", "'"
    )
    clock.forward(days=3)
    assert listed(staff, file="waiting") == [aside.name, other.name]


def test_it_comes_back_when_asked(staff):
    aside = waiting(snoozed_until=TODAY + timedelta(days=3))
    staff.post(page("snooze", aside), {"back": "1"})
    assert fresh(aside).snoozed_until is None


@pytest.mark.parametrize(
    "until", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=366), "demain", "9999-99-99", "2\0"]
)
def test_a_day_that_makes_no_sense_is_told_and_nothing_changes(staff, until):
    actor = waiting()
    response = staff.post(page("snooze", actor), {"until": until})
    assert response.status_code == 200
    assert response.context["snooze"].errors["until"]
    assert fresh(actor).snoozed_until is None


def test_only_a_waiting_profile_can_be_put_aside(staff):
    actor = network.actor()
    response = staff.post(page("snooze", actor), {"until": TODAY + timedelta(days=3)}, follow=True)
    assert "n&#x27;attend plus de décision" in response.content.decode()
    assert fresh(actor).snoozed_until is None


def test_a_decision_takes_it_out_of_what_was_put_aside(animator):
    actor = waiting(snoozed_until=TODAY + timedelta(days=3))
    services.decide(actor=actor, state=ActorState.CHANGES_ASKED, reason="Le siège ?", acting_user=animator)
    assert fresh(actor).snoozed_until is None


# Who follows it ---------------------------------------------------------------------------------


def test_an_animator_takes_a_profile_and_leaves_it(staff, animator):
    mine, nobodys = waiting(2, name="Le mien"), waiting(1, name="À personne")
    staff.post(page("assign", mine), {"seen": ""})
    assert fresh(mine).assigned_to == animator
    assert listed(staff, file="mine") == [mine.name]
    assert listed(staff, file="unassigned") == [nobodys.name]
    staff.post(page("assign", mine), {"seen": animator.pk, "leave": "1"})
    assert fresh(mine).assigned_to is None


def test_of_two_who_take_it_at_once_the_first_has_it(staff, animator):
    colleague = people.animator(name="Claire Colline")
    actor = waiting()
    queue.assign(actor=actor, to=colleague, acting_user=colleague, seen=None)
    response = staff.post(page("assign", actor), {"seen": ""}, follow=True)
    assert "Claire Colline suit ce profil depuis." in response.content.decode()
    assert fresh(actor).assigned_to == colleague
    staff.post(page("assign", actor), {"seen": colleague.pk})  # having seen it: taken over
    assert fresh(actor).assigned_to == animator


@pytest.mark.parametrize("seen", ["x", "9" * 40, "-1", "\0"])
def test_whoever_was_seen_may_be_nonsense(staff, animator, seen):
    actor = waiting()
    assert staff.post(page("assign", actor), {"seen": seen}).status_code == 302


def test_taking_several_leaves_what_a_colleague_follows(staff, animator):
    colleague = people.animator()
    free, hers = waiting(), waiting(assigned_to=colleague)
    staff.post(LIST, {"action": "take", "_selected_action": [free.pk, hers.pk]})
    assert (fresh(free).assigned_to, fresh(hers).assigned_to) == (animator, colleague)


# Deciding ---------------------------------------------------------------------------------------


def test_a_decision_from_an_old_page_does_not_undo_a_colleagues(staff, animator):
    actor, colleague = waiting(), people.animator()
    services.decide(actor=actor, state=ActorState.APPROVED, reason="", acting_user=colleague)
    OutgoingEmail.objects.all().delete()
    answer = staff.post(page("decide", actor, "refuser"), {"reason": "Hors champ.", "seen": "waiting"}, follow=True)
    assert "Ce profil a changé d&#x27;état entre-temps (validé)" in answer.content.decode()
    assert fresh(actor).state == ActorState.APPROVED
    assert not OutgoingEmail.objects.exists()


def template(text: str = "Précisez où vous agissez.", decision: str = "changes_asked") -> ReasonTemplate:
    return ReasonTemplate.objects.create(decision=decision, title="Territoire manquant", text=text)


def test_a_template_fills_the_reason_to_be_read_first(staff):
    actor, one = waiting(), template()
    address = page("decide", actor, "a-completer")
    answer = staff.post(address, {"template": one.pk, "fill": "1", "reason": "", "seen": "waiting"})
    assert answer.context["form"]["reason"].value() == "Précisez où vous agissez."
    assert not answer.context["form"].errors
    assert fresh(actor).state == ActorState.WAITING


def test_a_template_chosen_with_an_empty_reason_is_the_reason(staff):
    actor, one = waiting(), template()
    staff.post(page("decide", actor, "a-completer"), {"template": one.pk, "reason": " ", "seen": "waiting"})
    assert ActorDecision.objects.get().reason == "Précisez où vous agissez."
    assert "Précisez où vous agissez." in OutgoingEmail.objects.get().body_text


def test_what_was_typed_wins_over_the_template(staff):
    actor, one = waiting(), template()
    staff.post(page("decide", actor, "a-completer"), {"template": one.pk, "reason": "Autre chose.", "seen": "waiting"})
    assert ActorDecision.objects.get().reason == "Autre chose."


def test_templates_of_another_decision_are_neither_offered_nor_taken(staff):
    actor, other = waiting(), template(decision="refused")
    address = page("decide", actor, "a-completer")
    assert "Territoire manquant" not in staff.get(address).content.decode()
    template(text="Celui-ci")
    answer = staff.post(address, {"template": other.pk, "reason": "Voilà."})
    assert answer.context["form"].errors["template"]
    assert fresh(actor).state == ActorState.WAITING


def test_the_page_shows_what_to_check(staff):
    network.actor(name="Puits du Sahel", website="https://puits.example")
    actor = waiting(
        name="Les Puits du Sahel", website="https://www.puits.example/", registration_kind="siret",
        registration_number="73282932000075",
    )  # fmt: skip
    shown = staff.get(page("decide", actor, "approuver")).content.decode()
    assert "Nom proche : Puits du Sahel · Même domaine : puits.example" in shown
    assert "n&#x27;est pas valable" in shown
    row = staff.get(LIST).content.decode()
    assert "Ressemble à Puits du Sahel" in row
    assert "Numéro à revoir" in row


# Several at once --------------------------------------------------------------------------------


def test_the_action_shows_first_and_unticks_what_is_doubtful(staff):
    clear, wrong = waiting(5, name="Sans souci"), waiting(4, name="Numéro faux", registration_kind="siren",
                                                         registration_number="123456789")  # fmt: skip
    twin, done = waiting(3, name="Jumeau"), network.actor(name="Jumeau")
    chosen = [clear.pk, wrong.pk, twin.pk, done.pk]
    answer = staff.post(LIST, {"action": "approve_together", "_selected_action": chosen}, follow=True)
    assert [review.actor for review in answer.context["reviews"]] == [clear, wrong, twin]
    assert [review.is_clear for review in answer.context["reviews"]] == [True, False, False]
    html = answer.content.decode()
    assert html.count('name="actor"') == 3
    assert html.count(" checked") == 1
    assert not ActorDecision.objects.exists()


def test_what_is_ticked_is_approved_and_each_owner_told_once(staff, animator):
    first, second, unticked = waiting(), waiting(), waiting()
    for _click in range(2):
        staff.post(TOGETHER, {"actor": [first.pk, second.pk]})
    assert [fresh(actor).state for actor in (first, second, unticked)] == ["approved", "approved", "waiting"]
    assert ActorDecision.objects.count() == OutgoingEmail.objects.count() == 2
    assert {decision.by for decision in ActorDecision.objects.all()} == {animator}


def test_one_decided_meanwhile_is_left_as_it_is(animator):
    late, still = waiting(), waiting()
    stale = list(Actor.objects.filter(pk__in=[late.pk, still.pk]).order_by("pk"))
    services.decide(actor=late, state=ActorState.REFUSED, reason="Hors champ.", acting_user=people.animator())
    approved, left_out = queue.approve_together(actors=stale, acting_user=animator)
    assert (approved, left_out) == ([still], [late])
    assert fresh(late).state == ActorState.REFUSED


@pytest.mark.parametrize("ids", ["", "x,y", "1e9", "9" * 30, "-1", "\0", "²", ",".join(["1"] * 900)])
def test_keys_in_the_address_may_be_nonsense(staff, ids):
    answer = staff.get(TOGETHER, {"ids": ids})
    assert answer.status_code == 200
    assert not answer.context["reviews"]
    assert staff.post(TOGETHER, {"actor": ids.split(",")}).status_code == 302


def test_only_animators_approve(client):
    actor = waiting()
    client.force_login(people.verified(is_staff=True))
    assert client.get(TOGETHER).status_code == 403
    assert client.post(TOGETHER, {"actor": actor.pk}).status_code == 403
    assert client.post(page("assign", actor)).status_code == 403
    assert client.post(page("snooze", actor), {"until": TODAY}).status_code == 403
    assert fresh(actor).state == ActorState.WAITING
