"""What browsers are told to refuse, what production demands, and how often one may knock."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from coexist.common.mail.models import OutgoingEmail
from coexist.dev.checks import PRODUCTION
from projects.matching.mails import NEED_MATCHES
from tests.access.crawl import client_of, pages_of
from tests.factories import network, people
from tests.site.scanners import inline_code

STRICT = {
    "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "connect-src": ["'self'"],
    "form-action": ["'self'"], "frame-ancestors": ["'none'"], "base-uri": ["'none'"], "object-src": ["'none'"],
}  # fmt: skip


def policy(answer) -> dict[str, list[str]]:
    directives = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in directives}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    "/", "/acteurs/", "/besoins/?q=eau", "/compte/login/", "/compte/signup/", "/sante/", "/nulle-part/",
    "/besoins/999999/", "/tableau-de-bord/", "/admin/", "/admin/actors/actor/", "/admin/nulle-part/",
    "/acteurs/?page=abc",
])  # fmt: skip
def test_every_answer_carries_the_strict_policy(address):
    for client in (Client(), client_of(people.superuser())):
        answer = client.get(address)
        given = policy(answer)
        assert {name: given.get(name) for name in STRICT} == STRICT
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.django_db
def test_an_expired_form_is_refused_under_the_same_policy():
    answer = Client(enforce_csrf_checks=True).post("/compte/login/")
    assert (answer.status_code, policy(answer)["script-src"]) == (403, ["'self'"])


@pytest.mark.django_db
def test_no_page_holds_what_the_policy_would_stop():
    """As sent, packages' templates and widgets included: such script or style would silently not run."""
    actor, owner = network.owned_actor()
    network.offer(actor)
    need = network.need(network.project(actor))
    network.match(need, network.actor())
    found = {address: inline_code(html) for address, html in pages_of(owner).items()}
    animator = client_of(people.superuser())
    admin = ["", "actors/actor/", "actors/actor/add/", f"actors/actor/{actor.pk}/change/"]
    admin.append(f"projects/need/{need.pk}/change/")
    found |= {page: inline_code(animator.get(f"/admin/{page}").content.decode()) for page in admin}
    found |= {page: inline_code(Client().get(page).content.decode()) for page in ("/compte/login/", "/compte/signup/")}
    assert {address: code for address, code in found.items() if code} == {}


def queued_mail(body_html: str) -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        address="a@test.example", kind_code=NEED_MATCHES.code, dedupe_key="essai", subject="Essai", body_text="Essai",
        body_html=body_html,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_mails_preview_may_have_style_and_nothing_else(animator):
    """Mail programs need inline style; a script that came in with somebody's text must not run."""
    mail = queued_mail("<p>Bonjour</p>")
    client = client_of(animator)
    answer = client.get(reverse("admin:common_outgoingemail_preview", args=[mail.pk]))
    given = policy(answer)
    assert given["sandbox"] == ["allow-popups"], "neither scripts nor forms nor the site's own origin"
    assert [name for name, values in given.items() if "'unsafe-inline'" in values] == ["style-src"]
    assert given["frame-ancestors"] == ["'self'"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    page = client.get(reverse("admin:common_outgoingemail_change", args=[mail.pk]))
    assert policy(page)["script-src"] == ["'self'"]
    assert 'sandbox="allow-popups"' in page.content.decode()


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client):
    person = people.verified()
    client.post(reverse("account_login"), {"login": person.email, "password": people.PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


# Production -----------------------------------------------------------------------------------

ASK_PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
plain, proxied = Client(), Client(headers={"x-forwarded-proto": "https"})
host = {"headers": {"host": "coexist.example"}}
redirected, health = plain.get("/acteurs/", **host), plain.get("/sante/", **host)
secure = proxied.get("/sante/", **host)
print(json.dumps({
    "redirect": [redirected.status_code, redirected["Location"]],
    "health": health.status_code,
    "hsts": secure["Strict-Transport-Security"],
    "hosts": settings.ALLOWED_HOSTS,
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "debug": settings.DEBUG,
    "secrets_shown": settings.MAIL_SHOW_SECRETS,
    "policy": secure["Content-Security-Policy"],
    "second_step": settings.STAFF_MFA_REQUIRED,
    "audit_as_json": settings.LOGGING["formatters"]["audit"]["as_json"],
    "own_limits": settings.RATE_LIMITED,
    "limits": getattr(settings, "ACCOUNT_RATE_LIMITS", "default"),
}))
"""


def production(program: str, **changed: str | None) -> subprocess.CompletedProcess:
    """Run `program` under the production settings, in a process of its own; no database is asked."""
    env = {**os.environ, **PRODUCTION, **changed}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={name: value for name, value in env.items() if value is not None},
    )  # fmt: skip


def test_production_speaks_https_only():
    done = production(ASK_PRODUCTION)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["redirect"] == [301, "https://coexist.example/acteurs/"]
    assert said["health"] == 200, "the container's own check asks over plain HTTP"
    assert said["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert said["hosts"] == ["coexist.example"]
    assert said["cookies"] == [True, True]
    assert (said["debug"], said["secrets_shown"]) == (False, False)
    assert "unsafe" not in said["policy"]
    assert (said["limits"], said["own_limits"]) == ("default", True)
    assert (said["second_step"], said["audit_as_json"]) == (True, True)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_does_not_start_without_its_own_secrets(name):
    done = production("import coexist.settings.production", **{name: None})
    assert done.returncode != 0
    assert name in done.stderr


# How often ------------------------------------------------------------------------------------


@pytest.fixture
def limited(settings, db):
    """The limits of production: this suite's settings switch them off."""
    del settings.ACCOUNT_RATE_LIMITS


def try_to_log_in(client, email: str, password: str):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_five_wrong_passwords_close_the_account_to_further_tries(client, limited):
    person, other = people.verified(), people.verified()
    for _try in range(5):
        assert "Trop de tentatives" not in try_to_log_in(client, person.email, "faux").content.decode()
    sixth = try_to_log_in(client, person.email, people.PASSWORD)
    assert sixth.status_code == 200, "even the right password waits"
    assert "Trop de tentatives" in sixth.content.decode()
    assert try_to_log_in(client, other.email, people.PASSWORD).status_code == 302, "other accounts are not closed"


def test_who_knocks_too_often_is_told_so_in_french(client, limited):
    answers = [try_to_log_in(client, f"inconnu{number}@test.example", "faux") for number in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Trop d&#x27;essais de suite" in answers[-1].content.decode().replace("'", "&#x27;")
    assert policy(answers[-1])["script-src"] == ["'self'"]


def test_lost_passwords_are_not_asked_for_without_end(client, limited):
    person = people.verified()
    codes = [client.post(reverse("account_reset_password"), {"email": person.email}).status_code for _try in range(6)]
    assert codes == [302] * 5 + [429]
    assert OutgoingEmail.objects.filter(address=person.email).count() == 5
