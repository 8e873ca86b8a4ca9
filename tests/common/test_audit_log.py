"""Authorisation events: each is told, with keys and codes only."""

import io
import json
import logging
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from actors.joining import claims, invitations, members
from actors.services import decide
from coexist.common import audit_log
from tests.access.crawl import client_of
from tests.factories import joining, network, people

pytestmark = pytest.mark.django_db(transaction=True)

PERSONAL = {"name": "Solveig Quidamet", "email": "solveig.quidamet@prive.example"}


@contextmanager
def written(*, as_json: bool = True):
    """The lines as they would be gathered."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(audit_log.formatter(as_json=as_json))
    logger = logging.getLogger(audit_log.NAME)
    logger.addHandler(handler)
    lines: list = []
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        lines += [json.loads(line) if as_json else line for line in out.getvalue().splitlines()]


def log_in(client, email: str, password: str = people.PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def told(lines: list[dict], event: str) -> list[dict]:
    meta = ("event", "level", "timestamp")
    return [{key: value for key, value in line.items() if key not in meta} for line in lines if line["event"] == event]


def test_log_ins_and_failed_ones():
    person = people.verified(**PERSONAL)
    with written() as lines:
        log_in(Client(), person.email)
        log_in(Client(), person.email, "faux")
        log_in(Client(), "inconnue@prive.example", "faux")
    assert told(lines, "login") == [{"by": person.pk}]
    assert told(lines, "login.failed") == [{"person": person.pk}, {}]


def test_refused_accesses():
    person, (actor, _owner) = people.verified(), network.owned_actor()
    with written() as lines:
        client_of(person).post(reverse("actor-edit", args=[actor.slug]), {"name": "x"})
        Client().get(reverse("admin:actors_actor_changelist"))
    assert told(lines, "access_refused") == [{"by": person.pk, "page": "actor-edit", "method": "POST"}]


def test_roles_invitations_claims_and_decisions():
    actor, owner = network.owned_actor(state="waiting")
    animator, person = people.animator(), people.verified()
    with written() as lines:
        decide(actor=actor, state="approved", reason="Bien", acting_user=animator)
        invitations.invite(actor=actor, email="x@prive.example", role="reader", acting_user=owner)
        claim = joining.claim(actor, person)
        claims.accept(claim=claim, role="editor", reason="Oui", acting_user=owner)
        members.change_role(membership=actor.memberships.get(user=person), role="reader", acting_user=owner)
    about = {"actor": actor.pk, "by": owner.pk}
    assert told(lines, "actor.approved") == [{"actor": actor.pk, "by": animator.pk}]
    assert told(lines, "membership.invited") == [{**about, "role": "reader"}]
    assert told(lines, "claim.accepted") == [{**about, "person": person.pk, "claim": claim.pk}]
    assert told(lines, "membership.joined") == [{**about, "person": person.pk, "role": "editor"}]
    assert told(lines, "membership.role_changed") == [{**about, "person": person.pk, "role": "reader"}]


def test_second_steps():
    person = people.verified()
    client = Client()
    log_in(client, person.email)
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    with written() as lines:
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        client.post(reverse("mfa_activate_totp"), {"code": joining.code_for(secret)})
        client.post(reverse("mfa_deactivate_totp"))
    assert told(lines, "mfa.added")[0] == {"by": person.pk, "kind": "totp"}
    assert {"by": person.pk, "kind": "totp"} in told(lines, "mfa.removed")


def test_no_personal_data_gets_in():
    """A whole visit of somebody whose name, address, texts and network address are easy to find again."""
    person = people.verified(**PERSONAL)
    actor = network.actor(owner=person, name="Association Quidamet", slug="association-quidamet")
    with written() as lines:
        client = Client(REMOTE_ADDR="203.0.113.77")
        log_in(client, PERSONAL["email"], "mot-de-passe-quidamet")
        log_in(client, PERSONAL["email"])
        page = reverse("actor-members", args=[actor.slug])
        client.post(page, {"email": "amie.quidamet@prive.example", "role": "reader"})
        client.post(reverse("claim-create", args=[network.actor().slug]), {"message": "Texte quidamet"})
        client.post(reverse("actor-edit", args=[network.actor().slug]), {"name": "quidamet"})
        client.get("/admin/")
        client.post(reverse("account_logout"))
    text = json.dumps(lines, ensure_ascii=False).lower()
    assert len(lines) >= 6
    for secret in ("quidamet", "solveig", "@", "203.0.113", "prive.example", "password", "sessionid"):
        assert secret not in text


def test_what_is_neither_a_key_nor_a_code_is_left_out():
    with written() as lines:
        audit_log.record(
            "essai", by=3, name="Solveig Quidamet", email="a@b.example", text="x" * 500, code="claim:made", none=None
        )
    assert told(lines, "essai") == [{"by": 3, "code": "claim:made"}]


def test_what_is_taken_back_is_not_told():
    with written() as lines, transaction.atomic():
        audit_log.record("essai", by=1)
        transaction.set_rollback(True)
    assert lines == []


def test_elsewhere_than_in_production_the_lines_are_made_to_be_read():
    with written(as_json=False) as lines:
        audit_log.record("login", by=3)
    (line,) = lines
    assert "event='login'" in line
    assert "by=3" in line
