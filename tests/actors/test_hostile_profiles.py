"""Random profiles, contacts and files thrown at the forms: no 500, and nothing stored that was refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.enums import ActorKind, ActorSize, RegistrationKind
from actors.models import Actor, Offer
from tests.access.rows import digest
from tests.factories import files, network

pytestmark = pytest.mark.django_db

thrown = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
text = st.text(st.characters(codec="utf-8"), max_size=400)


def often(*good: str) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(good), text)


profiles = st.fixed_dictionaries(
    {"name": often("Atelier du lac"), "kind": often(*ActorKind.values), "country": often("FR", "CH", "SN")},
    optional={
        **dict.fromkeys(("acronym", "summary", "address", "city", "postcode"), text),
        "description": st.one_of(text, st.just("# Titre\n\n[x](javascript:alert(1))")),
        "territories": st.lists(often("74", "SN", "CH-GE"), max_size=4),
        "themes": st.lists(often("6", "18", "-1"), max_size=4),
        "languages": st.lists(often("fr", "wo"), max_size=3),
        "size": often(*ActorSize.values),
        "website": often("https://a.example", "a.example", "javascript:alert(1)", "http://[::1"),
        "donation_url": often("https://a.example/don", "ftp://a.example"),
        "registration_kind": often(*RegistrationKind.values),
        "registration_number": often("732829320", "73282932000074", "W743001234", "CHE-100.155.212", "9" * 30),
        "logo": st.one_of(
            st.sampled_from([files.image(), files.polyglot(), files.svg(), files.huge_png(), files.image()[:90]]),
            st.binary(max_size=200),
        ).map(lambda content: SimpleUploadedFile("logo.png", content)),
        "logo-clear": st.just("on"),
        "contacts-TOTAL_FORMS": often("0", "1", "2", "99999999999"),
        "contacts-INITIAL_FORMS": often("0", "1", "7"),
        "contacts-0-pk": often("1", "0", "9" * 30),
        "contacts-0-name": text,
        "contacts-0-email": often("a@b.example"),
        "contacts-0-phone": text,
        "contacts-0-is_public": st.just("on"),
        "contacts-0-DELETE": st.just("on"),
        "add-contact": st.just("1"),
    },
)
offers = st.fixed_dictionaries(
    {"title": text, "kind": often("skill", "loan"), "modes": st.lists(often("loan", "paid"), max_size=3)},
    optional={
        "detail": text,
        "skills": st.lists(often("1", "9" * 25), max_size=3),
        "territories": st.lists(often("74", "XX"), max_size=3),
        "available_from": often("2027-01-01", "0000-00-00", "9999-12-31"),
        "available_until": often("2026-01-01", "+10000-01-01"),
    },
)


class Owner:
    def __init__(self) -> None:
        self.actor, self.person = network.owned_actor()
        self.client = Client()
        self.client.force_login(self.person)

    def throws(self, address: str, sent: dict) -> bool:
        """Whether it was accepted; what was refused changed no row."""
        before = digest()
        answer = self.client.post(address, sent)
        assert answer.status_code in (200, 302)
        if answer.status_code == 200:
            assert digest() == before
        return answer.status_code == 302

    def reads(self) -> None:
        """Whatever was stored can be shown, to its owner and in the list."""
        for address in (self.actor.get_absolute_url(), reverse("actor-list"), self.edit_page):
            assert self.client.get(address).status_code == 200

    @property
    def edit_page(self) -> str:
        return reverse("actor-edit", args=[self.actor.slug])


@pytest.fixture
def owner() -> Owner:
    return Owner()


@thrown
@given(profiles)
def test_profiles(owner, sent):
    if owner.throws(owner.edit_page, sent):
        stored = Actor.objects.get(pk=owner.actor.pk)
        stored.full_clean(exclude=["logo", "slug", "confirmed_at"])
        assert "\x00" not in stored.description
        owner.reads()


@thrown
@given(offers)
def test_offers(owner, sent):
    if owner.throws(reverse("offer-create", args=[owner.actor.slug]), sent):
        for offer in Offer.objects.filter(actor=owner.actor):
            offer.full_clean()
        owner.reads()
