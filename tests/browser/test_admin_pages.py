"""The animators' pages work in a browser under the strict content policy."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import ActorDecision

pytestmark = pytest.mark.browser
READ_ONLY_LISTS = [
    "actors_invitation", "actors_membershipclaim", "actors_membershipevent", "actors_offer", "actors_skill",
    "actors_user", "common_emailoptout", "matching_match", "matching_matchingdue",
    "matching_refusal", "partnerships_introduction", "projects_need", "projects_project",
]  # fmt: skip


def test_lists_and_pages_of_the_admin_break_no_policy(visit, world):
    one = visit(world.animator)
    for path in [
        reverse("admin:index"),
        reverse("admin:actors_actor_change", args=[world.waiting.pk]),
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
    one.page.get_by_role("link", name="à compléter").click()
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
    button = preview.get_by_role("link", name="Répondre, ou dire")
    expect(button).to_have_attribute("href", f"http://localhost:8000{reverse('match-detail', args=[world.match.pk])}")
    # The style inlined for mail programs is allowed in the frame, and only there.
    assert button.evaluate("link => getComputedStyle(link).backgroundColor") not in ("rgba(0, 0, 0, 0)", "")
    expect(one.page.locator("pre.mail-text")).to_contain_text("Léman Ingénierie")
    assert one.complaints == []
