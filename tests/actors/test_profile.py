"""The profile: what its form keeps, what its page shows and to whom."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from actors.models import Actor, Contact
from tests.access.page_forms import filled_form
from tests.factories import files, network, people

pytestmark = pytest.mark.django_db

FULL = {
    "name": "Les Ateliers du lac", "acronym": "ADL", "kind": "ngo", "summary": "Réparer ensemble.",
    "description": "# Notre histoire\n\nDepuis **1998**.\n\n<b>x</b> ![photo](https://espion.example/a.png)",
    "address": "12, quai des Forges", "postcode": "74000", "city": "Annecy", "country": "FR",
    "territories": ["74", "SN"], "themes": ["6", "12"], "languages": ["fr", "wo"], "size": "1-9",
    "website": "ateliers.example", "donation_url": "https://ateliers.example/don", "registration_kind": "siret",
    "registration_number": "732 829 320 00074",
}  # fmt: skip


def lines(*contacts: dict, initial: int = 0) -> dict:
    """The lines of contacts as the form sends them."""
    sent = {"contacts-TOTAL_FORMS": str(len(contacts)), "contacts-INITIAL_FORMS": str(initial)}
    for number, contact in enumerate(contacts):
        sent |= {f"contacts-{number}-{name}": value for name, value in contact.items()}
    return sent


AWA = {"name": "Awa Diop", "role": "Trésorière", "email": "awa@ateliers.example", "phone": "+33 4 50 00 00 09"}
DESK = {"name": "Accueil", "phone": "+33 4 50 00 00 10", "is_public": "on"}
EMPTY = {"name": "", "role": "", "email": "", "phone": ""}


@pytest.fixture
def owned(client):
    actor, owner = network.owned_actor()
    client.force_login(owner)
    return actor


def edit(client, actor, **sent):
    return client.post(reverse("actor-edit", args=[actor.slug]), FULL | sent)


def edit_page(actor) -> str:
    return reverse("actor-edit", args=[actor.slug])


def test_a_whole_profile_is_kept(client, member):
    client.force_login(member)
    sent = FULL | lines(AWA, DESK, EMPTY) | {"logo": files.upload(files.image())}
    assert client.post(reverse("actor-create"), sent).status_code == 302
    actor = Actor.objects.get()
    assert (actor.acronym, actor.address, actor.size, str(actor.country)) == ("ADL", "12, quai des Forges", "1-9", "FR")
    assert (actor.website, actor.donation_url) == ("https://ateliers.example", "https://ateliers.example/don")
    assert (actor.registration_number, actor.registration) == ("73282932000074", "732 829 320 00074")
    assert (actor.themes, actor.territories, actor.languages) == ([6, 12], ["74", "SN"], ["fr", "wo"])
    assert actor.logo.name.startswith("logos/")
    assert list(actor.contacts.values_list("name", "email", "phone", "is_public")) == [
        ("Awa Diop", "awa@ateliers.example", "+33 4 50 00 00 09", False),
        ("Accueil", "", "+33 4 50 00 00 10", True),
    ]


def test_the_form_sent_back_untouched_changes_nothing(client, owned):
    edit(client, owned, **lines(AWA, DESK))
    before = Actor.objects.values().get(pk=owned.pk)
    contacts = list(owned.contacts.values())
    untouched = filled_form(client.get(edit_page(owned)).content.decode())
    assert client.post(edit_page(owned), untouched).status_code == 302
    after = Actor.objects.values().get(pk=owned.pk)
    assert {name for name in before if before[name] != after[name]} <= {"confirmed_at", "changed_at"}
    assert list(owned.contacts.values()) == contacts


def test_a_number_alone_says_its_register_and_a_register_alone_says_nothing(client, owned):
    assert edit(client, owned, registration_kind="", registration_number="W743001234").status_code == 302
    owned.refresh_from_db()
    assert (owned.registration_kind, owned.registration_number) == ("rna", "W743001234")
    assert edit(client, owned, registration_kind="siren", registration_number="").status_code == 302
    owned.refresh_from_db()
    assert (owned.registration_kind, owned.registration_number) == ("", "")


# Contacts ---------------------------------------------------------------------------------------


def contacts_of(actor) -> set[tuple]:
    return set(actor.contacts.values_list("name", "is_public"))


def test_contacts_are_changed_added_and_removed_line_by_line(client, owned):
    kept, gone = network.contact_of(owned, **AWA), network.contact_of(owned, name="Ancien", phone="0")
    sent = lines(
        AWA | {"pk": str(kept.pk), "is_public": "on"}, EMPTY | {"pk": str(gone.pk), "DELETE": "on"}, DESK, initial=2
    )
    assert edit(client, owned, **sent).status_code == 302
    assert contacts_of(owned) == {("Awa Diop", True), ("Accueil", True)}
    assert owned.contacts.filter(pk=kept.pk).exists()


def test_a_form_without_its_lines_leaves_the_contacts(client, owned):
    network.contact_of(owned, **AWA)
    assert edit(client, owned).status_code == 302
    assert contacts_of(owned) == {("Awa Diop", False)}


def test_a_second_click_adds_no_second_contact(client, owned):
    for _click in range(2):
        assert edit(client, owned, **lines(AWA)).status_code == 302
    assert owned.contacts.count() == 1


def test_a_contact_removed_meanwhile_is_written_again(client, owned):
    contact = network.contact_of(owned, **AWA)
    pk = str(contact.pk)
    contact.delete()
    assert edit(client, owned, **lines(AWA | {"pk": pk}, initial=1)).status_code == 302
    assert contacts_of(owned) == {("Awa Diop", False)}


def test_the_contacts_of_others_are_out_of_reach(client, owned):
    theirs = network.contact_of(network.actor(), name="À eux", phone="1")
    for line in (AWA | {"pk": str(theirs.pk)}, {"pk": str(theirs.pk), "DELETE": "on"}):
        edit(client, owned, **lines(line, initial=1))
    theirs.refresh_from_db()
    assert theirs.name == "À eux"


def test_without_javascript_a_button_adds_a_line_and_keeps_what_was_typed(client, owned):
    answer = edit(client, owned, **lines({"name": "Awa", "email": "en cours"}), **{"add-contact": "1", "name": ""})
    html = answer.content.decode()
    form = filled_form(html)
    assert (form["contacts-TOTAL_FORMS"], form["contacts-0-email"]) == (["2"], ["en cours"])
    assert "contacts-1-name" in form
    assert form["territories"] == ["74", "SN"]
    assert "invalid-feedback" not in html
    assert not owned.contacts.exists()


@pytest.mark.parametrize("count", ["99999", "-1", "x", ""])
def test_a_forged_number_of_lines_is_no_trouble(client, owned, count):
    for extra in ({}, {"add-contact": "1"}):
        answer = edit(client, owned, **{**lines(AWA), "contacts-TOTAL_FORMS": count}, **extra)
        assert answer.status_code in (200, 302)
    assert owned.contacts.count() <= 1


# The page ---------------------------------------------------------------------------------------


@pytest.fixture
def shown(client, owned):
    edit(client, owned, **lines(AWA, DESK), logo=files.upload(files.image()))
    offer = network.offer(
        owned, "Prêter un établi", territories=["74"], available_from=date(2027, 1, 5), available_until=date(2027, 3, 1)
    )
    assert offer
    client.logout()
    owned.refresh_from_db()
    return owned


def test_a_visitor_reads_the_whole_profile_and_the_public_contacts_only(client, shown):
    html = client.get(shown.get_absolute_url()).content.decode()
    for told in (
        "<strong>1998</strong>", "<h3>Notre histoire</h3>", "12, quai des Forges", "732 829 320 00074", "SIRET",
        "1 à 9 salariés", "Wolof", "https://ateliers.example/don", shown.logo_url, "Du 5 janvier 2027 au 1 mars 2027",
        "+33 4 50 00 00 10", "Haute-Savoie (74)",
    ):  # fmt: skip
        assert told in html, told
    assert "espion.example" not in html
    assert "<b>x</b>" not in html
    for private in ("Awa Diop", "awa@ateliers.example", "+33 4 50 00 00 09", "Trésorière"):
        assert private not in html


def test_members_read_every_contact_and_animators_the_public_ones(client, shown, animator):
    client.force_login(shown.members.get())
    assert "awa@ateliers.example" in client.get(shown.get_absolute_url()).content.decode()
    client.force_login(animator)
    html = client.get(shown.get_absolute_url()).content.decode()
    assert ("awa@ateliers.example" in html, "+33 4 50 00 00 10" in html) == (False, True)


def facts_of(html: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_machines_read_public_facts_only(client, shown):
    facts = facts_of(client.get(shown.get_absolute_url()).content.decode())
    assert (facts["@type"], facts["name"], facts["identifier"]) == ("NGO", "Les Ateliers du lac", "732 829 320 00074")
    assert facts["logo"].endswith(shown.logo_url)
    assert facts["numberOfEmployees"] == {"@type": "QuantitativeValue", "minValue": 1, "maxValue": 9}
    assert [contact["name"] for contact in facts["contactPoint"]] == ["Accueil"]
    client.force_login(shown.members.get())
    assert facts_of(client.get(shown.get_absolute_url()).content.decode()) == facts


def test_nothing_written_by_people_ends_the_element_of_facts(client, owned):
    evil = '</script><script>alert(1)</script><!-- & "\u2028'
    Actor.objects.filter(pk=owned.pk).update(name=evil, summary=evil)
    html = client.get(owned.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert facts_of(html)["name"] == evil


def test_a_link_shared_elsewhere_shows_name_summary_and_logo(client, shown):
    html = client.get(shown.get_absolute_url()).content.decode()
    assert '<meta property="og:title" content="Les Ateliers du lac">' in html
    assert '<meta property="og:description" content="Réparer ensemble.">' in html
    assert re.search(r'<meta property="og:image" content="https?://[^"]+/fichiers/logos/\w+\.webp">', html)


@pytest.mark.parametrize("state", ["draft", "waiting", "suspended"])
def test_what_is_not_public_tells_nothing_to_machines(client, state):
    actor, owner = network.owned_actor(state=state)
    client.force_login(owner)
    html = client.get(actor.get_absolute_url()).content.decode()
    assert ("ld+json" in html, "og:url" in html, "linkedin" in html) == (False, False, False)


def test_a_projects_page_tells_machines_of_the_project(client):
    project = network.project(network.actor(name="Passerelles"), title="Un puits </script>")
    facts = facts_of(client.get(project.get_absolute_url()).content.decode())
    assert (facts["@type"], facts["name"]) == ("Project", "Un puits </script>")
    assert facts["parentOrganization"]["name"] == "Passerelles"
    draft, owner = network.owned_actor()
    client.force_login(owner)
    hidden = network.project(draft, state="draft")
    assert "ld+json" not in client.get(hidden.get_absolute_url()).content.decode()


def test_cards_show_the_logo_or_initials(client, shown):
    network.actor(name="Maison des peuples")
    html = client.get(reverse("actor-list")).content.decode()
    assert shown.logo_url in html
    assert ">MP</span>" in html


def test_both_sides_of_an_accepted_introduction_read_every_contact(client, shown):
    other, partner = network.owned_actor()
    introduction = network.introduction(network.need(network.project(other)), shown, state="accepted")
    client.force_login(partner)
    html = client.get(introduction.get_absolute_url()).content.decode()
    assert {contact.name in html for contact in Contact.objects.all()} == {True}


def test_a_reader_reads_contacts_and_edits_nothing(client, shown):
    reader = people.verified()
    network.join(reader, shown, "reader")
    client.force_login(reader)
    assert "awa@ateliers.example" in client.get(shown.get_absolute_url()).content.decode()
    assert client.get(edit_page(shown)).status_code == 403


def test_an_offer_keeps_its_own_territories(client, owned):
    sent = {"title": "Prêter un établi", "kind": "equipment", "modes": ["loan"], "territories": ["74", "CH-GE"]}
    assert client.post(reverse("offer-create", args=[owned.slug]), sent).status_code == 302
    assert owned.offers.get().territories == ["74", "CH-GE"]
