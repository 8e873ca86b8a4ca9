"""How often somebody may do a thing: by account, by client address, told clearly, nothing typed lost."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from actors.models import Invitation
from coexist.common import limits
from coexist.common.limits import Limit
from coexist.common.rate_counts import RateCount
from tests.factories import network

pytestmark = pytest.mark.django_db

THREE = Limit("essai", per_account=3, per_address=5)


@pytest.fixture(autouse=True)
def _limited(settings):
    settings.RATE_LIMITED = True


def request_of(person=None, address: str = "192.0.2.1", **headers):
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    request.user = person or AnonymousUser()
    return request


def tries(number: int, *args, **kwargs) -> list[bool]:
    return [limits.is_over(request_of(*args, **kwargs), THREE) for _try in range(number)]


def test_an_account_has_its_number_wherever_it_comes_from(member):
    over = [limits.is_over(request_of(member, f"192.0.2.{number}"), THREE) for number in range(5)]
    assert over == [False, False, False, True, True]


def test_an_address_has_its_number_whoever_comes_from_it():
    assert tries(6) == [False] * 5 + [True]
    assert tries(1, address="192.0.2.2") == [False]


def test_an_ipv6_network_counts_as_one_address():
    over = [limits.is_over(request_of(address=f"2001:db8::{number}"), THREE) for number in range(1, 7)]
    assert over == [False] * 5 + [True]
    assert tries(1, address="2001:db8:0:1::1") == [False]


def test_the_window_ends(clock, member):
    assert tries(4, member)[-1]
    clock.forward(seconds=THREE.seconds)
    assert tries(1, member, address="192.0.2.9") == [False]
    assert limits.forget_past() > 0
    assert RateCount.objects.count() == 2


def test_what_the_visitor_pretends_does_not_count(settings):
    """Behind one proxy the last address of the header is the proxy's own word."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    pretended = [
        limits.is_over(request_of(**{"x-forwarded-for": f"198.51.100.{number}, 203.0.113.5"}), THREE)
        for number in range(6)
    ]
    assert pretended == [False] * 5 + [True]


def test_nothing_kept_tells_who_it_was(member):
    tries(1, member, address="192.0.2.77")
    kept = str(list(RateCount.objects.values()))
    assert "192.0.2.77" not in kept
    assert f"account:{member.pk}" not in kept


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_are_both_counted():
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        limits.is_over(request_of(), THREE)
        connection.close()

    threads = [threading.Thread(target=ask) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert RateCount.objects.get().count == 4


def test_inviting_too_often_is_told_and_gives_back_what_was_typed(client, monkeypatch):
    monkeypatch.setattr(limits, "INVITATIONS", THREE)
    actor, owner = network.owned_actor()
    client.force_login(owner)
    page = reverse("actor-members", args=[actor.slug])
    answers = [
        client.post(page, {"email": f"n{number}@asso.example", "role": "editor"})
        for number in range(limits.INVITATIONS.per_account)
    ]
    assert {answer.status_code for answer in answers} == {302}
    RateCount.objects.update(count=1000)
    last = client.post(page, {"email": "de-trop@asso.example", "role": "editor", "password": "secret-tapé"})
    shown = last.content.decode().replace("&#x27;", "'")
    assert last.status_code == 429
    assert "Trop d'essais de suite" in shown
    assert "de-trop@asso.example" in shown
    assert "secret-tapé" not in shown
    assert Invitation.objects.count() == 3
    RateCount.objects.all().delete()
    assert client.post(page, {"email": "de-trop@asso.example", "role": "editor"}).status_code == 302


def test_claims_have_a_limit(client, member):
    client.force_login(member)
    codes = [
        client.post(reverse("claim-create", args=[network.actor().slug]), {"message": "C'est nous"}).status_code
        for _try in range(limits.CLAIMS.per_account + 1)
    ]
    assert codes == [302] * limits.CLAIMS.per_account + [429]


def test_reading_is_not_counted(client):
    actor, owner = network.owned_actor()
    client.force_login(owner)
    client.get(reverse("actor-members", args=[actor.slug]))
    assert not RateCount.objects.exists()
