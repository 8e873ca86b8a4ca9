"""Animators read and resend mails; nobody edits them, and codes are shown to nobody."""

import pytest
from django.urls import reverse

from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from tests.factories import mails, people

pytestmark = pytest.mark.django_db

LIST = "/admin/common/outgoingemail/"


def page_of(mail, name="change") -> str:
    return reverse(f"admin:common_outgoingemail_{name}", args=[mail.pk])


@pytest.fixture
def staff(client, animator):
    client.force_login(animator)
    return client


def test_animators_list_and_search_mails(staff):
    mine, other = mails.answer(people.verified(), subject="Puits de Thiès"), mails.answer(people.verified())
    page = staff.get(LIST).content.decode()
    assert mine.address in page
    assert other.address in page
    found = staff.get(LIST, {"q": "Thiès"}).content.decode()
    assert mine.address in found
    assert other.address not in found
    by_kind = staff.get(LIST, {"kind": "needs_for_actor"}).content.decode()
    assert mine.address not in by_kind


def test_the_preview_is_a_sandboxed_frame_with_a_policy_of_its_own(staff):
    mail = mails.answer(people.verified(), body_html="<p>Un mot</p><script>alert(1)</script>")
    page = staff.get(page_of(mail)).content.decode()
    assert f'sandbox="allow-popups" src="{page_of(mail, "preview")}"' in page
    preview = staff.get(page_of(mail, "preview"))
    assert ">Un mot</p>" in preview.content.decode()
    policy = {part.split()[0]: part.split()[1:] for part in preview.headers["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["sandbox"] == ["allow-popups"]  # no script runs, wherever it comes from
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_other_pages_keep_the_sites_policy(staff):
    policy = staff.get(LIST).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_text_is_shown_escaped(staff):
    page = staff.get(page_of(mails.answer(people.verified(), body_text="<b>gras</b>"))).content.decode()
    assert "&lt;b&gt;gras&lt;/b&gt;" in page
    assert "<b>gras</b>" not in page


def test_an_animator_sends_again_what_failed(staff):
    failed, cancelled = mails.answer(people.verified()), mails.answer(people.verified())
    OutgoingEmail.objects.filter(pk=failed.pk).update(state=MailState.FAILED, attempts=9)
    OutgoingEmail.objects.filter(pk=cancelled.pk).update(state=MailState.CANCELLED)
    chosen = {"action": "send_again", "_selected_action": [failed.pk, cancelled.pk]}
    page = staff.post(LIST, chosen, follow=True).content.decode()
    assert "1 message remis en file." in page
    failed.refresh_from_db()
    cancelled.refresh_from_db()
    assert (failed.state, failed.attempts) == (MailState.QUEUED, 0)
    assert cancelled.state == MailState.CANCELLED


def test_a_wiped_code_cannot_be_sent_again(staff):
    mail = mails.code(people.verified())
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=MailState.SENT, body_text="", body_html="")
    staff.post(LIST, {"action": "send_again", "_selected_action": [mail.pk]})
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


@pytest.mark.parametrize("who", [people.animator, people.superuser])
def test_nobody_edits_adds_or_deletes_a_mail(client, who):
    client.force_login(who())
    mail = mails.answer(people.verified())
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page_of(mail), {"subject": "Autre"}).status_code == 403
    assert client.post(page_of(mail, "delete"), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [mail.pk], "post": "yes"})
    mail.refresh_from_db()
    assert mail.subject == "Bonjour"


@pytest.mark.parametrize("who", [people.animator, people.superuser])
def test_a_code_is_shown_to_nobody(client, who):
    client.force_login(who())
    mail = mails.code(people.verified(), body_html="<p>Code : ABC-123</p>")
    for address in (LIST, page_of(mail)):
        response = client.get(address)
        assert response.status_code == 200
        assert "ABC-123" not in response.content.decode()
    assert client.get(page_of(mail, "preview")).status_code == 403


def test_a_demo_may_show_codes(staff, settings):
    settings.MAIL_SHOW_SECRETS = True
    mail = mails.code(people.verified())
    assert "ABC-123" in staff.get(page_of(mail)).content.decode()
    assert staff.get(page_of(mail, "preview")).status_code == 200


@pytest.mark.parametrize("who", [people.verified, lambda: people.verified(is_staff=True)])
def test_without_the_right_no_mail_is_seen(client, who):
    client.force_login(who())
    mail = mails.answer(people.verified(), subject="Puits de Thiès")
    for address in (LIST, page_of(mail), page_of(mail, "preview")):
        response = client.get(address)
        assert response.status_code in (302, 403)
        assert "Thiès" not in response.content.decode()
