"""The directory: what a search finds and in what order, several values of a facet, the map, the sheet, the pin."""

import csv
import io
import json

import pytest
from django.urls import reverse

from actors import services
from actors.derived import refresh_all_derived
from actors.models import Actor, Offer, Skill
from coexist.common.language.index import index_rows
from coexist.common.language.text import stems
from coexist.common.sheets import harmless
from coexist.common.wanted import marked
from tests.access.crawl import client_of
from tests.access.planted import CONTACT, WORD, plant
from tests.factories import network, people

pytestmark = pytest.mark.django_db

LIST = reverse("actor-list")


def names(client, query: str = "", **parameters) -> list[str]:
    answer = client.get(LIST + query, parameters or None)
    assert answer.status_code == 200
    return [actor.name for actor in answer.context["rows"]]


def index() -> None:
    """What the worker does after each change."""
    index_rows([*Actor.objects.prefetch_related("offers"), *Offer.objects.all()])


def offering(name: str, title: str, **fields) -> Actor:
    actor = network.actor(name=name, summary="", **fields)
    network.offer(actor, title)
    return actor


# Searching ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Lemn Ingenierie", "léman ingénieri", "LEMAN INGÉNIERIE", "inginierie leman"])
def test_a_name_with_a_slip_is_found(client, typed):
    network.actor(name="Léman Ingénierie", summary="")
    network.actor(name="Théâtre des Collines", summary="")
    assert names(client, q=typed) == ["Léman Ingénierie"]


def test_a_sentence_finds_the_offer_that_means_it(client):
    offering("Salles", "Salles d'activité en journée et le samedi")
    offering("Soins", "Hygiène hospitalière et stérilisation")
    index()
    page = client.get(LIST, {"q": "un lieu où se réunir le week-end"})
    assert [actor.name for actor in page.context["rows"]] == ["Salles"]
    assert "Proche de votre recherche" in page.content.decode()


def test_a_sentence_finds_the_skill_it_names_and_says_by_which_offer(client):
    helper = offering("Plume", "Révision de statuts associatifs")
    network.offer(helper, "Prêter un chapiteau", kind="equipment")
    offering("Théâtre", "Monter un spectacle")
    index()
    page = client.get(LIST, {"q": "nous cherchons quelqu'un pour relire nos statuts"})
    (found,) = page.context["rows"]
    assert (found.name, found.answer.offer.title) == ("Plume", "Révision de statuts associatifs")
    assert "<mark>statuts</mark>" in page.content.decode()


def test_whoever_has_the_name_comes_before_whoever_speaks_of_it(client):
    network.actor(name="Atelier bois", description="Nous travaillons avec Horizon.", summary="")
    network.actor(name="Horizon", summary="")
    assert names(client, q="horizon") == ["Horizon", "Atelier bois"]


def test_more_of_the_words_come_first(client):
    offering("Une", "Construire un puits")
    offering("Deux", "Construire un puits et une pompe")
    assert names(client, q="puits pompe")[0] == "Deux"


def test_a_technical_name_is_not_cut_short(client):
    offering("Code", "Programmer en C++")
    offering("Cinéma", "Projeter un film, plan C")
    index()
    assert names(client, q="C++") == ["Code"]


@pytest.mark.parametrize("typed", ["xyzzy", "qsdfgh jklm", "???? zzzz"])
def test_nonsense_finds_nobody(client, typed):
    offering("Salles", "Salles d'activité en journée et le samedi")
    index()
    assert names(client, q=typed) == []


def test_a_search_within_facets_keeps_to_them_and_counts_beside_them(client):
    offering("Asso", "Forer un puits", kind="ngo", territories=["SN"])
    offering("Firme", "Forer un puits", kind="company", territories=["SN"])
    offering("Loin", "Forer un puits", kind="ngo", territories=["MG"])
    page = client.get(LIST + "?q=puits&kind=ngo&territory=SN")
    assert [actor.name for actor in page.context["rows"]] == ["Asso"]
    counts = page.context["directory"].counts
    assert counts.of("kind") == {"ngo": 1, "company": 1}
    assert counts.of("territory") == {"SN": 1, "MG": 1}


def test_words_of_a_title_are_marked_and_html_in_it_is_not_run(client):
    assert marked("L'eau, les eaux usées", set(stems("eau"))) == [
        ("L'", False), ("eau", True), (", les ", False), ("eaux", True), (" usées", False),
    ]  # fmt: skip
    offering("Plume", "<b>Puits</b>")
    page = client.get(LIST, {"q": "puits"}).content.decode()
    assert "&lt;b&gt;<mark>Puits</mark>&lt;/b&gt;" in page


# Facets and order -----------------------------------------------------------------------------


def test_several_values_of_a_facet_widen_and_several_facets_narrow(client):
    network.actor(name="Asso", kind="ngo", themes=[1])
    network.actor(name="Firme", kind="company", themes=[1, 2])
    network.actor(name="École", kind="university", themes=[2])
    assert names(client, "?kind=ngo&kind=company") == ["Asso", "Firme"]
    assert names(client, "?kind=ngo&kind=company&theme=2") == ["Firme"]


def test_a_larger_territory_or_domain_finds_the_smaller(client):
    skill = Skill.objects.exclude(parent=None).first()
    here = network.actor(name="Ici", territories=["74"])
    network.offer(here, "Une offre", skills=[skill])
    assert names(client, territory="FR-ARA") == names(client, territory="FR") == ["Ici"]
    assert names(client, skill=skill.parent.code) == ["Ici"]
    assert names(client, territory="69") == []


def test_names_are_sorted_as_people_do(client):
    for name in ("Zèbre", "éclair", "Abeille", "Eau"):
        network.actor(name=name)
    assert names(client) == ["Abeille", "Eau", "éclair", "Zèbre"]


def test_the_most_recently_confirmed_come_first_when_asked(client, clock):
    network.actor(name="Ancien", confirmed_at=clock.now)
    clock.forward(days=1)
    network.actor(name="Récent", confirmed_at=clock.now)
    assert names(client, sort="confirmed") == ["Récent", "Ancien"]


def test_the_links_of_what_is_chosen_take_only_that_away(client):
    network.actor(kind="ngo", themes=[6])
    page = client.get(LIST + "?q=acteur&kind=ngo&kind=company&theme=6&page=1")
    queries = {option.query for option in page.context["chosen"]}
    assert queries == {"q=acteur&kind=company&theme=6", "q=acteur&kind=ngo&theme=6", "q=acteur&kind=ngo&kind=company"}


def test_no_page_follows_the_last(client):
    for _number in range(25):
        network.actor()
    assert len(names(client, page=2)) == 1
    assert client.get(LIST, {"page": 3}).status_code == 404


# What is repeated of offers -------------------------------------------------------------------


def test_offers_saved_and_removed_change_what_the_actor_is_found_by(client):
    actor, owner = network.owned_actor(name="Nous")
    offer = Offer(actor=actor, title="Prêter un chapiteau", kind="equipment", modes=["loan"], territories=["MG"])
    services.save_offer(offer=offer, skills=None, acting_user=owner)
    assert names(client, offer="equipment", mode="loan", territory="MG") == ["Nous"]
    services.delete_offer(offer=offer, acting_user=owner)
    assert names(client, offer="equipment") == names(client, territory="MG") == []


def test_a_profile_saved_changes_where_the_actor_is_found(client):
    actor, owner = network.owned_actor(name="Nous", territories=["SN"])
    actor.territories, actor.postcode = ["74"], "74100"
    services.update_actor(actor=actor, acting_user=owner)
    actor.refresh_from_db()
    assert actor.reach == ["74", "FR", "FR-ARA"]
    assert (round(actor.latitude), round(actor.longitude)) == (46, 6)


def test_the_repair_finds_what_is_wrong_and_only_once():
    actor = network.actor(territories=["74"])
    network.offer(actor)
    right = Actor.objects.values("reach", "offer_kinds", "offer_skills", "offer_modes").get()
    Actor.objects.update(reach=[], offer_kinds=["data"], offer_skills=[], offer_modes=[])
    assert (refresh_all_derived(), refresh_all_derived()) == (1, 0)
    assert Actor.objects.values("reach", "offer_kinds", "offer_skills", "offer_modes").get() == right


# The map --------------------------------------------------------------------------------------


def test_the_map_holds_the_public_rows_and_nothing_else():
    planted = plant()
    Actor.objects.update(latitude=46.2, longitude=6.2)
    for person in (None, planted.other, planted.owner, people.animator()):
        text = client_of(person).get(reverse("actor-points"), {"q": WORD}).content.decode()
        cells = json.loads(text)["cells"]
        assert [one["name"] for cell in cells for one in cell["who"]] == [planted.actor.name]
        assert not [secret for secret in (*planted.marks.values(), *CONTACT.values()) if secret in text]
        whole = json.loads(client_of(person).get(reverse("actor-points")).content)
        assert whole["total"] == Actor.objects.approved().count()


def test_neighbours_share_a_point_and_the_placeless_have_none(client):
    for number in range(3):
        network.actor(name=f"Voisin {number}", latitude=46.2, longitude=6.1)
    network.actor(name="Loin", latitude=14.4, longitude=-14.5)
    network.actor(name="Nulle part", latitude=None, longitude=None)
    answer = client.get(reverse("actor-points")).json()
    assert [(cell["n"], cell["lat"], cell["lon"]) for cell in answer["cells"]] == [(3, 46.2, 6.1), (1, 14.4, -14.5)]
    assert answer["total"] == 4


def test_without_the_map_the_page_says_who_is_where(client):
    network.actor(name="Ici", postcode="74100", country="FR")
    network.actor(name="Là-bas", country="SN")
    page = client.get(LIST, {"vue": "carte"})
    groups = {title: [actor.name for actor in members] for title, members in page.context["groups"]}
    assert groups == {"Haute-Savoie (74)": ["Ici"], "Sénégal": ["Là-bas"]}


def test_only_pages_with_a_map_may_load_its_tiles(client):
    actor = network.actor()
    with_tiles = "https://tile.openstreetmap.org"
    assert with_tiles in client.get(LIST, {"vue": "carte"})["Content-Security-Policy"]
    assert with_tiles not in client.get(LIST)["Content-Security-Policy"]
    assert with_tiles not in client.get(actor.get_absolute_url())["Content-Security-Policy"]


# The pin --------------------------------------------------------------------------------------


def test_a_pin_that_was_placed_stays_until_it_is_given_back():
    actor, owner = network.owned_actor(postcode="74100")
    client = client_of(owner)
    address = reverse("actor-position", args=[actor.slug])
    assert client.post(address, {"latitude": "45.9", "longitude": "6.1"}).status_code == 302
    actor.refresh_from_db()
    actor.postcode = "69001"
    services.update_actor(actor=actor, acting_user=owner)
    actor.refresh_from_db()
    assert (actor.latitude, actor.longitude, actor.position_is_chosen) == (45.9, 6.1, True)
    client.post(address, {"reset": "1"})
    actor.refresh_from_db()
    assert (round(actor.latitude, 1), actor.position_is_chosen) == (45.9, False)
    assert actor.longitude == pytest.approx(4.64)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("91", "6"),
        ("46", "181"),
        ("nord", "6"),
        ("", ""),
        ("nan", "6"),
        ("inf", "6"),
        ("4\x006", "6"),
        ("9" * 400, "6"),
    ],
)
def test_an_impossible_position_is_said_and_kept(latitude, longitude):
    actor, owner = network.owned_actor()
    answer = client_of(owner).post(
        reverse("actor-position", args=[actor.slug]), {"latitude": latitude, "longitude": longitude}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors
    actor.refresh_from_db()
    assert not actor.position_is_chosen


# The sheet ------------------------------------------------------------------------------------


def sheet_of(person, **parameters) -> list[list[str]]:
    answer = client_of(person).get(reverse("actor-export"), parameters)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_sheet_holds_the_result_in_its_order(member):
    offering("Béta", "Forer un puits")
    offering("Alpha", "Forer un puits", kind="company")
    offering("Gamma", "Monter un spectacle")
    assert [row[0] for row in sheet_of(member)] == ["Nom", "Alpha", "Béta", "Gamma"]
    assert [row[0] for row in sheet_of(member, q="puits", kind="company")] == ["Nom", "Alpha"]


def test_the_sheet_tells_no_secret():
    planted = plant()
    for person in (planted.other, planted.owner, people.animator()):
        text = "\n".join(";".join(row) for row in sheet_of(person))
        assert planted.actor.name in text
        assert not [secret for secret in (*planted.marks.values(), *CONTACT.values()) if secret in text]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\n="])
def test_a_formula_is_kept_as_text(member, start):
    formula = f'{start}HYPERLINK("http://x.example";"clic")'
    assert harmless(formula).startswith("'")
    offering(f"{start}1+1", formula, city="=1+1", acronym="@SUM(1)")
    (_heading, row) = sheet_of(member)
    dangerous = [cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert dangerous == []


def test_the_sheet_is_for_people_with_a_confirmed_address(client):
    network.actor()
    assert client.get(reverse("actor-export")).status_code == 302
    assert client_of(people.unverified()).get(reverse("actor-export")).status_code == 403
    assert "annuaire.csv" not in client.get(LIST).content.decode()
