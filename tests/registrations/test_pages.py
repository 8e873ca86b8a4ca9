"""Pages of registrations: without an account, with one, the organiser's; certificates."""

import csv
import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coexist.common.mail.models import OutgoingEmail
from coexist.common.pdf import missing_packages
from events.models import Event, Occurrence
from events.registrations import links, services
from events.registrations.models import Seat
from tests.factories import events, network, people
from tests.factories.registrations import asked, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return people.verified()


@pytest.fixture
def event(owner) -> Event:
    return events.event(
        network.actor(owner=owner), booking="each", capacity=2, online_url="https://visio.example/secret"
    )


def link_in(kind: str) -> str:
    mail = OutgoingEmail.objects.filter(kind_code=f"registration_{kind}").latest("pk")
    return re.search(r"https?://[^/]+(/inscriptions/\S+)", mail.body_text)[1]


def form_of(event: Event, **fields) -> dict:
    return {"what": event.occurrences.first().pk, "name": "Awa Ndiaye", "email": "awa@test.example", **fields}


def test_without_an_account_by_mail(client, event):
    page = client.post(reverse("registration-create", args=[event.slug]), form_of(event), follow=True)
    assert "awa@test.example" in page.content.decode()
    link = link_in("verify")
    for _scanner in range(2):
        assert "Je confirme" in client.get(link).content.decode()
    assert event.registrations.get().state == "unverified"

    page = client.post(link, follow=True).content.decode()
    assert "Vous êtes inscrit" in page
    assert event.registrations.get().state == "registered"
    assert Occurrence.objects.get(event=event).taken == 1
    give_back = link_in("confirmed")
    assert "secret" not in Client().get(event.get_absolute_url()).content.decode()
    client.get(give_back)
    assert event.registrations.get().state == "registered"
    client.post(give_back)
    client.post(give_back)
    assert event.registrations.get().state == "cancelled"


def test_who_confirms_too_late_reads_that_it_is_full(client, event):
    unverified = asked(event)
    register(event)
    register(event)
    page = client.post(links.path_for(unverified, links.VERIFY), follow=True).content.decode()
    assert "vous êtes en liste d'attente" in page


def test_links_forged_cut_swapped_and_expired(client, event, monkeypatch):
    registration = asked(event)
    good = links.path_for(registration, links.VERIFY)
    swapped = good.split("/")[-2]
    for bad in (good[:-4] + "/", "/inscriptions/confirmer/rien/", reverse("registration-give-back", args=[swapped])):
        assert client.post(bad).status_code == 404
    monkeypatch.setattr(links, "VERIFY_WITHIN", timedelta(seconds=-1))
    assert client.post(good).status_code == 410
    registration.refresh_from_db()
    assert registration.state == "unverified"


def test_the_link_of_an_old_offer_is_over(client, event):
    made = [register(event) for _number in range(3)]
    services.cancel(registration=made[0])
    waits = event.registrations.get(state="offered")
    link = links.path_for(waits, links.TAKE)
    assert "Je prends la place" in client.get(link).content.decode()
    waits.confirm_before = timezone.now() - timedelta(seconds=1)
    waits.save()
    assert client.get(links.path_for(waits, links.TAKE)).status_code == 410
    assert client.post(link, follow=True).status_code == 410
    assert event.registrations.filter(state="registered").count() == 1


def test_with_an_account_at_once_and_the_link_is_shown_to_who_is_registered(client, event, member):
    client.force_login(member)
    assert "visio.example" not in client.get(event.get_absolute_url()).content.decode()
    page = client.post(reverse("registration-create", args=[event.slug]), form_of(event), follow=True)
    assert event.title in page.content.decode()
    assert event.registrations.get().email == member.email
    page = client.get(event.get_absolute_url()).content.decode()
    assert "visio.example/secret" in page
    assert reverse("registration-create", args=[event.slug]) not in page
    again = client.post(reverse("registration-create", args=[event.slug]), form_of(event))
    assert "déjà inscrite" in again.content.decode()


def test_what_was_registered_by_mail_is_found_with_the_account(client, event, member):
    services.verify(registration=asked(event, email=member.email))
    client.force_login(member)
    assert event.title in client.get(reverse("registration-list")).content.decode()
    client.force_login(people.verified())
    assert event.title not in client.get(reverse("registration-list")).content.decode()


def test_the_organiser_keeps_the_list_and_nobody_else_reads_it(client, event, owner, animator):
    registered = [register(event, name=name, access_needs="Boucle magnétique") for name in ("Awa", "=1+1", "Zoé")]
    row = event.occurrences.get()
    pages = [reverse(name, args=[row.pk]) for name in ("attendance", "attendance-csv", "attendance-sheet")]
    client.force_login(owner)
    page = client.get(pages[0]).content.decode()
    assert "Zoé" in page
    assert "Boucle magnétique" in page
    sheet = csv.reader(io.StringIO(b"".join(client.get(pages[1]).streaming_content).decode("utf-8-sig")), delimiter=";")
    lines = list(sheet)
    assert [line[0] for line in lines[1:]] == ["Awa", "'=1+1", "Zoé"]
    assert lines[3][2] == "en liste d'attente"
    signed = client.get(pages[2]).content.decode()
    assert "Awa" in signed
    assert "Zoé" not in signed
    assert "Boucle magnétique" not in signed

    seats = list(Seat.objects.filter(registration__in=registered[:2]).values_list("pk", flat=True))
    waits = registered[2].seats.get().pk
    client.post(pages[0], {"listed": [*seats, waits, "x"], "came": [seats[0], waits]})
    assert list(Seat.objects.filter(came=True).values_list("pk", flat=True)) == [seats[0]]
    client.post(reverse("registration-withdraw", args=[registered[0].pk]))
    assert event.registrations.get(state="offered").name == "Zoé"

    client.force_login(animator)
    assert [client.get(page).status_code for page in pages] == [403] * 3
    numbers = client.get(reverse("event-registrations", args=[event.slug])).content.decode()
    assert "2 places prises" in numbers
    assert pages[0] not in numbers


def test_the_organiser_adds_somebody(client, event, owner):
    client.force_login(owner)
    address = reverse("registration-add", args=[event.slug])
    client.post(address, form_of(event, name="Au téléphone", email=""))
    assert event.registrations.get().is_by_hand
    client.force_login(people.verified())
    assert client.post(address, form_of(event)).status_code == 403


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.skipif(bool(missing_packages()), reason="needs Pango")
def test_a_certificate_once_the_dates_are_over(client, owner, member, clock):
    event = events.event(
        network.actor(owner=owner, name="La Cité"), kind="training", booking="all", rule="FREQ=WEEKLY;COUNT=3",
        title="Monter un mécénat",
    )  # fmt: skip
    mine, absent = register(event, person=member, name="Awa Ndiaye"), register(event)
    first, second, _third = event.occurrences.all()
    link, own = links.path_for(mine, links.CERTIFICATE), reverse("registration-certificate", args=[mine.pk])
    clock.forward(days=18)
    for row in (first, second):
        seat = mine.seats.get(occurrence=row)
        services.mark_attendance(occurrence=row, listed=[seat.pk], came=[seat.pk], acting_user=owner)
    assert client.get(link).status_code == 404

    clock.forward(days=9)
    text = text_of(client.get(link).content)
    for part in (
        "Attestation de présence",
        "Awa Ndiaye",
        "Monter un mécénat",
        "La Cité",
        "2 séances suivies sur 3",
        "4 h",
    ):
        assert part in text
    assert client.get(links.path_for(absent, links.CERTIFICATE)).status_code == 404
    for person, status in ((member, 200), (owner, 200), (people.verified(), 404)):
        client.force_login(person)
        assert client.get(own).status_code == status
