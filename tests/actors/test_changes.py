"""What an approved actor changed: kept, told field by field, taken for seen."""

import pytest
from django.urls import reverse

from actors import services
from actors.changes import differences, mark_of, snapshot
from actors.enums import ActorState
from actors.models import Actor, ActorDecision, Offer
from tests.factories import files, network

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(animator):
    actor, _owner = network.owned_actor(
        state=ActorState.WAITING, name="Ateliers", themes=[6], territories=["74"], size="1-9"
    )
    network.offer(actor, "Relire des statuts")
    services.decide(actor=actor, state=ActorState.APPROVED, reason="", acting_user=animator)
    return Actor.objects.get(pk=actor.pk)


def change(actor: Actor, **fields) -> Actor:
    for name, value in fields.items():
        setattr(actor, name, value)
    services.update_actor(actor=actor, acting_user=actor.members.first())
    return Actor.objects.get(pk=actor.pk)


def told(actor: Actor) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for one in differences(actor)]


def test_an_approved_profile_starts_without_a_difference(approved):
    assert (told(approved), approved.changed_at) == ([], None)


def test_each_changed_field_is_told_in_words_and_the_page_stays_public(client, approved):
    changed = change(
        approved, name="Ateliers du lac", themes=[6, 12], territories=["SN"], size="10-49", registration_kind="siren",
        registration_number="732829320", logo=files.clean_logo(),
    )  # fmt: skip
    assert told(changed) == [
        ("nom", "Ateliers", "Ateliers du lac"),
        ("logo", "", "une image"),
        ("taille", "1 à 9 salariés", "10 à 49 salariés"),
        ("territoires", "Haute-Savoie (74)", "Sénégal"),
        (
            "thèmes (ODD)",
            "Eau propre et assainissement",
            "Eau propre et assainissement, Consommation et production responsables",
        ),
        ("registre", "", "SIREN (France)"),
        ("numéro d'immatriculation", "", "732 829 320"),
    ]
    assert changed.changed_at is not None
    assert client.get(changed.get_absolute_url()).status_code == 200


def test_another_image_is_told_as_replaced(approved, animator):
    first = change(approved, logo=files.clean_logo())
    services.accept_changes(actor=first, mark=mark_of(snapshot(first)), acting_user=animator)
    second = change(Actor.objects.get(pk=first.pk), logo=files.clean_logo())
    assert told(second) == [("logo", "une image", "remplacé")]


def test_offers_new_changed_and_taken_away_are_told(approved):
    owner, kept = approved.members.first(), approved.offers.get()
    kept.modes = ["paid", "pro_bono"]
    services.save_offer(offer=kept, skills=list(kept.skills.all()), acting_user=owner)
    fresh = Offer(actor=approved, title="Prêter un four", kind="equipment", modes=["loan"], detail="Le soir.")
    services.save_offer(offer=fresh, skills=[], acting_user=owner)
    assert told(Actor.objects.get(pk=approved.pk)) == [
        ("Offre « Relire des statuts » : modalités", "Pro bono", "Prestation payante, Pro bono"),
        ("Nouvelle offre", "", "Prêter un four · Matériel · Prêt · Le soir."),
    ]
    services.delete_offer(offer=kept, acting_user=owner)
    assert told(Actor.objects.get(pk=approved.pk))[0] == ("Offre retirée", "Relire des statuts", "")


def test_going_back_to_the_approved_version_leaves_nothing_to_see(approved):
    assert change(approved, name="Autre").changed_at is not None
    assert change(Actor.objects.get(pk=approved.pk), name="Ateliers").changed_at is None


def test_a_decision_taken_while_the_profile_was_written_stays(approved, animator):
    """And what animators note of an actor is not undone by a form that was open meanwhile."""
    stale = Actor.objects.get(pk=approved.pk)
    services.decide(actor=approved, state=ActorState.SUSPENDED, reason="Plainte", acting_user=animator)
    Actor.objects.filter(pk=approved.pk).update(assigned_to=animator)
    changed = change(stale, name="Autre")
    assert (changed.name, changed.state, changed.assigned_to) == ("Autre", ActorState.SUSPENDED, animator)


def test_the_same_choices_in_another_order_are_no_change(approved, animator):
    first = change(approved, territories=["74", "01"])
    services.accept_changes(actor=first, mark=mark_of(snapshot(first)), acting_user=animator)
    assert change(Actor.objects.get(pk=first.pk), territories=["01", "74"]).changed_at is None


def test_a_draft_is_not_marked(approved):
    draft, _owner = network.owned_actor(state=ActorState.DRAFT)
    assert change(draft, name="Autre").changed_at is None


def test_no_contact_is_copied_into_the_version(approved):
    network.contact_of(approved, name="Quidam", email="quidam@prive.example")
    assert "quidam" not in str(snapshot(approved)).lower()


# In the administration --------------------------------------------------------------------------


@pytest.fixture
def staff(client, animator):
    client.force_login(animator)
    return client


def page(actor: Actor) -> str:
    return reverse("admin:actors_actor_changes", args=[actor.pk])


def test_an_animator_finds_reads_and_accepts_a_changed_profile(staff, animator, approved):
    network.actor(name="Inchangé", approved_version={"profile": {}, "offers": {}})
    changed = change(approved, name="Ateliers du lac")
    found = staff.get(reverse("admin:actors_actor_changelist"), {"file": "changed"}).context["cl"].result_list
    assert list(found) == [changed]
    answer = staff.get(page(changed))
    html = answer.content.decode()
    assert "Ateliers du lac" in html
    assert "J&#x27;ai vu cette version" in html.replace("J'ai", "J&#x27;ai")
    staff.post(page(changed), {"mark": answer.context["mark"]})
    changed.refresh_from_db()
    assert (told(changed), changed.changed_at) == ([], None)
    last = ActorDecision.objects.filter(actor=changed).first()
    assert (last.by, last.state) == (animator, ActorState.APPROVED)
    assert not list(staff.get(reverse("admin:actors_actor_changelist"), {"file": "changed"}).context["cl"].result_list)


def test_a_version_changed_while_it_was_read_is_not_accepted(staff, approved):
    changed = change(approved, name="Ateliers du lac")
    mark = staff.get(page(changed)).context["mark"]
    change(Actor.objects.get(pk=changed.pk), name="Ateliers du port")
    answer = staff.post(page(changed), {"mark": mark}, follow=True)
    assert "vient encore de changer" in answer.content.decode()
    changed.refresh_from_db()
    assert [after for _label, _before, after in told(changed)] == ["Ateliers du port"]


def test_an_approval_after_changes_shows_them_and_keeps_the_new_version(staff, approved, animator):
    services.decide(actor=approved, state=ActorState.CHANGES_ASKED, reason="Où ?", acting_user=animator)
    changed = change(Actor.objects.get(pk=approved.pk), city="Annecy")
    html = staff.get(reverse("admin:actors_actor_decide", args=[changed.pk, "approuver"])).content.decode()
    assert "Depuis la dernière validation" in html
    assert "Annecy" in html
    services.decide(actor=changed, state=ActorState.APPROVED, reason="", acting_user=animator)
    assert told(Actor.objects.get(pk=changed.pk)) == []


def test_a_profile_approved_before_versions_were_kept_is_to_be_read_whole(staff):
    actor, _owner = network.owned_actor(approved_version=None)
    changed = change(actor, name="Autre")
    assert changed.changed_at is not None
    assert "relisez tout le profil" in staff.get(page(changed)).content.decode()


def test_a_change_made_in_the_administration_is_a_change_too(staff, approved):
    form = {"name": "Nom corrigé", "slug": approved.slug, "kind": "ngo", "country": "FR"}
    for inline in ("contacts", "offers", "memberships", "decisions"):
        form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    assert staff.post(reverse("admin:actors_actor_change", args=[approved.pk]), form).status_code == 302
    approved.refresh_from_db()
    assert "nom" in [label for label, _before, _after in told(approved)]
