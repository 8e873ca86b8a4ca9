"""The page on which an animator makes two actors one."""

import pytest
from django.urls import reverse

from actors.enums import ActorState
from actors.merging import ABSORBED, KEPT
from actors.models import Actor
from tests.actors.test_merging import fresh, join
from tests.factories import network

pytestmark = pytest.mark.django_db


def page(kept: Actor, absorbed: Actor) -> str:
    return reverse("admin:actors_actor_merge", args=[kept.pk, absorbed.pk])


@pytest.fixture
def staff(client, animator):
    client.force_login(animator)
    return client


def test_only_what_differs_is_asked(staff):
    kept, absorbed = network.actor(name="Un", city="Annecy"), network.actor(name="Deux", city="Annecy")
    answer = staff.get(page(kept, absorbed))
    assert list(answer.context["form"].fields) == ["name"]
    assert answer.context["form"]["name"].initial == KEPT


def test_the_page_merges_and_a_second_click_says_so(staff, animator):
    kept, absorbed = network.actor(name="Un"), network.actor(name="Deux")
    assert (
        "ne font plus qu&#x27;un" in staff.post(page(kept, absorbed), {"name": ABSORBED}, follow=True).content.decode()
    )
    assert fresh(kept).name == "Deux"
    again = staff.post(page(kept, absorbed), {"name": KEPT}, follow=True).content.decode()
    assert "déjà réunis" in again
    assert fresh(kept).name == "Deux"


def test_a_choice_that_does_not_exist_is_refused(staff):
    kept, absorbed = network.actor(name="Un"), network.actor(name="Deux")
    for data in ({"name": "les deux"}, {}):
        assert staff.post(page(kept, absorbed), data).context["form"].errors["name"]
    assert fresh(absorbed).merged_into is None


def test_what_cannot_be_is_said(staff):
    kept, absorbed = network.actor(state=ActorState.WAITING), network.actor(name="Autre")
    answer = staff.post(page(kept, absorbed), {"name": KEPT}, follow=True)
    assert "Gardez plutôt celui qui est validé" in answer.content.decode()
    assert staff.get(reverse("admin:actors_actor_merge", args=[kept.pk, 10**9])).status_code == 404


def test_two_chosen_in_the_list_lead_to_the_page(staff):
    waits, approved = network.actor(state=ActorState.WAITING), network.actor()
    chosen = {"action": "merge_chosen", "_selected_action": [waits.pk, approved.pk]}
    answer = staff.post(reverse("admin:actors_actor_changelist"), chosen)
    assert answer["Location"] == page(approved, waits)
    chosen["_selected_action"] = [waits.pk]
    answer = staff.post(reverse("admin:actors_actor_changelist"), chosen, follow=True)
    assert "exactement deux" in answer.content.decode()


def test_an_absorbed_actor_is_never_approved_again(staff, animator):
    kept, absorbed = network.actor(), network.actor(name="Absorbé")
    join(kept, absorbed, animator)
    answer = staff.post(reverse("admin:actors_actor_decide", args=[absorbed.pk, "approuver"]), {"reason": ""})
    assert answer.status_code == 302
    assert fresh(absorbed).state == ActorState.ARCHIVED
