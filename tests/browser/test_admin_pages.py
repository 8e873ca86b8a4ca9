"""The animators' pages work in a browser under the strict content policy."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actors.enums import ActorState
from actors.models import Actor, ActorDecision, ReasonTemplate
from coexist.common.mail.models import OutgoingEmail
from coexist.common.scheduler import Heartbeat
from tests.factories import network

pytestmark = pytest.mark.browser
READ_ONLY_LISTS = [
    "actors_invitation", "actors_membershipclaim", "actors_membershipevent", "actors_offer", "actors_skill",
    "actors_user", "common_emailoptout", "matching_match", "matching_matchingdue", "matching_refusal",
    "partnerships_introduction", "projects_need", "projects_project", "actors_reasontemplate",
]  # fmt: skip


def test_lists_and_pages_of_the_admin_break_no_policy(visit, world):
    one = visit(world.animator)
    for path in [
        reverse("admin:index"),
        reverse("admin:actors_actor_change", args=[world.waiting.pk]),
        reverse("admin:actors_actor_changes", args=[world.ngo.pk]),
        reverse("admin:common_outgoingemail_changelist") + "?state=queued",
        *(reverse(f"admin:{name}_changelist") for name in READ_ONLY_LISTS),
    ]:
        one.go(path)
        one.page.locator("h1").first.wait_for()
    assert one.complaints == []


def test_an_animator_decides_from_the_queue_of_waiting_profiles(visit, world):
    one = visit(world.animator)
    one.go(reverse("admin:actors_actor_changelist"))
    first = one.page.locator("#result_list tbody tr").first
    expect(first).to_contain_text("Passeurs d'eau")
    expect(first).to_contain_text("3 jours")
    first.get_by_role("link", name="Examiner").click()
    # Django's own header, around our page, breaks link-in-text-block (its breadcrumb links).
    assert one.look(within=".decide") == []
    one.page.get_by_role("link", name="Demander des compléments").click()
    one.page.fill("[name=reason]", "Dites où vous agissez.")
    one.page.click("[type=submit][value^=Confirmer]")
    expect(one.page.locator(".messagelist")).to_contain_text("Passeurs d'eau")
    assert one.complaints == []
    decisions = ActorDecision.objects.filter(actor=world.waiting)
    assert list(decisions.values_list("state", "reason", "by")) == [
        ("changes_asked", "Dites où vous agissez.", world.animator.pk)
    ]


def test_a_mail_is_seen_as_its_recipient_gets_it(visit, world):
    one = visit(world.animator)
    one.go(reverse("admin:common_outgoingemail_changelist"))
    rows = one.page.locator("#result_list tr").filter(has_text=world.company_owner.email)
    rows.filter(has_text=str(world.mail.kind.label)).get_by_role("link").first.click()
    preview = one.page.frame_locator("iframe.mail-preview")
    button = preview.get_by_role("link", name="Voir le besoin et répondre")
    expect(button).to_have_attribute("href", f"http://localhost:8000{reverse('match-detail', args=[world.match.pk])}")
    # The style inlined for mail programs is allowed in the frame, and only there.
    assert button.evaluate("link => getComputedStyle(link).backgroundColor") not in ("rgba(0, 0, 0, 0)", "")
    expect(one.page.locator("pre.mail-text")).to_contain_text("Léman Ingénierie")
    assert one.complaints == []


def test_an_animator_works_through_the_queue(visit, world):
    """Follows a profile, reads the doubts, takes a written reason, puts one aside, approves the others together."""
    sent = timezone.now() - timedelta(days=1)
    template = ReasonTemplate.objects.create(
        decision="changes_asked", title="Territoires", text="Dites où vous agissez, ici et ailleurs."
    )
    aside = network.owned_actor(state=ActorState.WAITING, name="Ateliers du lac", submitted_at=sent)[0]
    clear = network.owned_actor(state=ActorState.WAITING, name="Jardins partagés", submitted_at=sent)[0]
    twin = network.owned_actor(
        state=ActorState.WAITING, name=f"Les {world.company.name}", submitted_at=sent, registration_kind="siren",
        registration_number="123456789",
    )[0]  # fmt: skip
    one = visit(world.animator)
    queue = reverse("admin:actors_actor_changelist")

    one.go(reverse("admin:index"))
    one.page.get_by_role("link", name="Profils à valider").click()
    expect(one.page.locator("#result_list tbody tr")).to_have_count(4)
    expect(one.page.locator("#result_list tr").filter(has_text=twin.name)).to_contain_text("Numéro à revoir")

    one.go(decide(twin, "a-completer"))
    assert one.look(within=".decide") == []
    expect(one.page.locator(".duplicates")).to_contain_text(world.company.name)
    one.page.get_by_role("button", name="Me l'attribuer").click()
    expect(one.page.locator(".follow").first).to_contain_text("Vous suivez ce profil.")
    one.go(decide(twin, "a-completer"))
    one.page.select_option("#id_template", label="Territoires")
    expect(one.page.locator("#id_reason")).to_have_value(template.text)
    one.page.click("[type=submit][value^=Confirmer]")
    expect(one.page.locator(".messagelist")).to_contain_text(twin.name)

    one.go(decide(aside, "approuver"))
    one.page.get_by_role("button", name="Mettre de côté").click()
    expect(one.page.locator(".messagelist")).to_contain_text("Ateliers du lac est mis de côté")

    one.go(f"{queue}?file=waiting")
    for actor in (world.waiting, clear):
        one.page.locator("#result_list tr").filter(has_text=actor.name).locator("[name=_selected_action]").check()
    one.page.select_option("[name=action]", label="Approuver les profils choisis…")
    one.page.locator(".actions button").click()
    assert one.look(within=".together") == []
    one.page.get_by_role("button", name="Approuver les profils cochés").click()
    expect(one.page.locator(".messagelist")).to_contain_text("2 profils approuvés.")

    assert one.complaints == []
    states = {actor.name: actor.state for actor in Actor.objects.filter(pk__in=[twin.pk, aside.pk, clear.pk])}
    assert states == {twin.name: "changes_asked", "Ateliers du lac": "waiting", "Jardins partagés": "approved"}
    told = OutgoingEmail.objects.filter(kind_code="actor_decision").values_list("refers_to__actor", flat=True)
    assert sorted(told) == sorted([twin.pk, world.waiting.pk, clear.pk])


def test_a_template_is_taken_without_a_script(open_visit, live_server, world):
    ReasonTemplate.objects.create(decision="refused", title="Hors champ", text="Ce n'est pas notre objet.")
    one = open_visit(live_server.url, world.animator, java_script_enabled=False)
    one.go(decide(world.waiting, "refuser"))
    one.page.select_option("#id_template", label="Hors champ")
    one.page.get_by_role("button", name="Reprendre ce texte").click()
    expect(one.page.locator("#id_reason")).to_have_value("Ce n'est pas notre objet.")
    one.page.click("[type=submit][value^=Confirmer]")
    expect(one.page.locator(".messagelist")).to_contain_text("refusé")


def test_two_actors_are_merged_and_the_story_tells_it(visit, world):
    twin = network.owned_actor(name="Léman Ingénierie SA", website="https://twin.example", themes=[7])[0]
    one = visit(world.animator)
    one.go(reverse("admin:actors_actor_duplicates", args=[world.company.pk]))
    assert one.look(within="#content") == []
    one.page.get_by_role("link", name="Comparer et fusionner").first.click()
    assert one.look(within=".merge") == []
    one.page.get_by_label("https://twin.example").check()
    one.page.get_by_role("button", name="Fusionner les deux acteurs").click()
    expect(one.page.locator(".messagelist")).to_contain_text("ne font plus qu'un")
    one.go(reverse("admin:actors_actor_history", args=[world.company.pk]))
    expect(one.page.locator(".story")).to_contain_text("Fusion avec Léman Ingénierie SA")
    assert one.look(within=".story") == []
    one.go(twin.get_absolute_url(), elsewhere=True)
    expect(one.page).to_have_url(re.compile(world.company.get_absolute_url()))
    assert one.complaints == []


def test_the_first_page_is_red_when_the_scheduler_sleeps(visit, world):
    one = visit(world.animator)
    one.go(reverse("admin:index"))
    expect(one.page.get_by_role("alert")).to_contain_text("Le planificateur ne tourne pas.")
    assert one.look(within="#content-main") == []
    Heartbeat.beat("scheduler")
    one.go(reverse("admin:index"))
    expect(one.page.get_by_role("alert")).to_have_count(0)


def decide(actor: Actor, code: str) -> str:
    return reverse("admin:actors_actor_decide", args=[actor.pk, code])
