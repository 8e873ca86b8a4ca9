"""Every page, on a phone, as whoever sees the most of it: WCAG 2.2 A and AA, no sideways scroll, no error."""

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser import no_pages, pages

pytestmark = pytest.mark.browser


def named_urls(resolver: URLResolver | None = None) -> set[str]:
    """Names of the site's own URLs; those of the admin have a test of their own."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.add(entry.name)
        elif entry.namespace != "admin":
            found |= named_urls(entry)
    return found


def test_no_page_is_missing_from_the_list():
    assert {page.note for page in pages.PAGES} >= no_pages.SHOWN_BY_ANOTHER
    listed = {page.name for page in pages.PAGES} | no_pages.SHOWN_BY_ANOTHER
    assert named_urls() - set(no_pages.NO_PAGES) == listed
    assert not listed & set(no_pages.NO_PAGES)


def test_what_only_takes_posts_is_no_page(client, world):
    client.force_login(world.ngo_owner)
    arguments = {
        "actor-submit": [world.ngo.slug],
        "project-publish": [world.project.slug],
        "need-end": [world.need.pk],
        "introduction-answer": [world.asked.pk],
        "actor-switch": [],
        "member-role": [world.ngo.memberships.get(user=world.reader).pk],
        "invitation-resend": [world.ngo.invitations.first().pk],
        "invitation-revoke": [world.ngo.invitations.first().pk],
        "session-end": [1],
        "address-check-send": [],
        "message-create": [world.accepted.pk],
        "thread-read": [world.accepted.pk],
        "thread-help": [world.accepted.pk],
        "partnership-start": [world.accepted.pk],
        "partnership-stage": [world.partnership.pk],
        "partnership-note": [world.partnership.pk],
        "partnership-document": [world.partnership.pk],
        "agreement-status": [world.agreement.pk],
        "agreement-signed": [world.agreement.pk],
        "agreement-transmitted": [world.agreement.pk],
        "contribution-consent": [world.told.contributions.first().pk],
        "picture-remove": [world.told.pictures.first().pk],
        "event-publish": [world.draft_event.slug],
        "proposal-own": ["activites", 1],
        "proposal-decide": ["activites", 1],
        "support-tie": [1],
        "meeting-done": [1],
        "resource-move": [world.draft_resource.slug],
        "loan-move": [world.loan.pk],
        "resource-file": [world.resource_file.pk],
        "resource-file-reread": [world.resource_file.pk],
        "support-move": [world.support.pk],
        "support-note": [world.support.pk],
        "support-reference": [world.support_done.pk],
        "own-calendar-address": [],
        "calendar-read": [world.ngo.slug, 1],
        "calendar-stop": [world.ngo.slug, 1],
        "calendar-entry": [world.ngo.slug, 1],
    }
    assert set(arguments) == {name for name, why in no_pages.NO_PAGES.items() if why == "POST only"}
    answers = {name: client.get(reverse(name, args=values)).status_code for name, values in arguments.items()}
    assert set(answers.values()) == {405}
    assert client.get(reverse("account_confirm_login_code")).status_code == 302


def test_every_page_is_accessible_on_a_phone(visit, world):
    visits, wrong = {}, {}
    for page in pages.PAGES:
        if page.role not in visits:
            visits[page.role] = visit(getattr(world, page.role) if page.role else None)
        one = visits[page.role]
        one.go(page.path(world), status=page.status, elsewhere=page.elsewhere)
        if page.then is not None:
            page.then(one)
        if found := one.look():
            wrong[str(page)] = found
    assert wrong == {}


def test_error_pages_are_accessible_on_a_phone(visit, world):
    one = visit(world.company_owner)
    wrong = {}
    for path, status in [
        ("/acteurs/personne/", 404),
        (reverse("need-edit", args=[world.need.pk]), 403),
        (reverse("invitation", args=["forgé"]), 404),
        (reverse("invitation", args=[world.used_token]), 410),
        ("/acteurs/?" + "&".join(f"a{number}" for number in range(1001)), 400),
    ]:
        one.go(path, status=status)
        wrong[path] = one.look()
    one.go(reverse("preferences"))
    one.context.clear_cookies(name="csrftoken")
    one.expect_status(403)
    one.page.click("main form[method=post] [type=submit]")
    one.page.get_by_role("heading", name="Le formulaire a expiré").wait_for()
    wrong["csrf"] = one.look()
    # Made by hand: no page of the site fails.
    one.page.set_content(render_to_string("errors/500.html"))
    wrong[500] = one.look()
    assert {code: found for code, found in wrong.items() if found} == {}
