"""The printed programme, read back: every public event once, nothing else, in its order, nothing cut."""

import re
from datetime import timedelta

import pypdfium2
import pytest

from events.campaigns.models import Campaign
from events.programme import printing
from events.programme.content import entries_of, fingerprint, sections_of
from events.programme.enums import Layout, Order
from events.programme.typography import day_name, french
from events.services import cancel_event
from tests.factories import campaigns, events, files, network, people
from tests.factories.pdf import inside, pages_of

pytestmark = pytest.mark.django_db
TOWNS = ("Annemasse", "Évian-les-Bains", "Gaillard", "Thonon-les-Bains", "Ambilly")
LONG = (
    "Rencontre, projection et débat au sujet de l'eau potable et de ses usages dans les quartiers et les villages " * 2
)


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.campaign(state="published", text="# Dix jours\n\nPour se rencontrer.")


def accepted(campaign: Campaign, title: str, **fields):
    organiser = fields.pop("organiser", None) or network.actor()
    return campaigns.activity(campaign, organiser, state="accepted", title=title, **fields).event


def content_of(campaign: Campaign, layout: str = Layout.A4, order: str = Order.TOWN) -> bytes:
    heard: list[int] = []
    content = printing.programme(campaign, entries_of(campaign), layout=layout, order=order, progress=heard.append)
    assert heard == sorted(heard)
    assert set(heard) <= set(range(101))
    return content


def printed(campaign: Campaign, layout: str = Layout.A4, order: str = Order.TOWN) -> list[str]:
    return pages_of(content_of(campaign, layout, order))


def words(pages: list[str]) -> str:
    """Without the breaks that lines and syllables need."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u2010\ufffe-]\s*\n", "", "\n".join(pages)))


@pytest.mark.parametrize("layout", Layout.values)
@pytest.mark.parametrize("order", Order.values)
def test_every_public_event_stands_in_it_once(campaign, layout, order):
    titles = [f"Événement numéro {number:03}." for number in range(40)]
    for number, title in enumerate(titles):
        accepted(campaign, title, city=TOWNS[number % len(TOWNS)], postcode="74100", day=number % 9)
    text = words(printed(campaign, layout, order))

    assert [title for title in titles if text.count(title) != 1] == []


def test_what_is_not_accepted_not_public_or_off_stands_nowhere(campaign):
    campaigns.activity(campaign, network.actor(), title="Seulement proposée")
    accepted(campaign, "D'un acteur suspendu", organiser=network.actor(state="suspended"))
    off = accepted(campaign, "Finalement annulée")
    cancel_event(event=off, because="Neige", acting_user=people.verified())
    events.event(network.actor(), title="Hors campagne")
    accepted(campaign, "Bien là")

    text = words(printed(campaign))
    assert "Bien là" in text
    for hidden in ("Seulement proposée", "D'un acteur suspendu", "Finalement annulée", "Hors campagne"):
        assert hidden not in text


def test_the_link_to_meet_online_is_not_printed(campaign):
    accepted(campaign, "En visio", city="", postcode="", online_url="https://visio.example/secret")

    assert "visio.example" not in words(printed(campaign))


def test_towns_and_days_in_order(campaign):
    for city in ("Thonon-les-Bains", "Évian-les-Bains", "Annemasse"):
        for day in (2, 1):
            accepted(campaign, f"{city}, jour {day}", city=city, postcode="74100", day=day)
    entries = entries_of(campaign)

    towns = sections_of(entries, Order.TOWN, "En ligne")
    assert [section.name for section in towns] == ["Annemasse", "Évian-les-Bains", "Thonon-les-Bains"]
    assert [group.name for group in towns[0].groups] == [
        day_name(campaign.first_day + timedelta(days=day)).capitalize() for day in (1, 2)
    ]
    days = sections_of(entries, Order.DAY, "En ligne")
    assert len(days) == 2
    assert [group.name for group in days[0].groups] == [section.name for section in towns]


def test_an_event_of_several_dates_tells_them_all_in_one_place(campaign):
    accepted(campaign, "Trois soirs", rule="FREQ=DAILY;COUNT=3")
    (entry,) = entries_of(campaign)

    assert len(entry.starts) == 3
    assert words(printed(campaign)).count("Trois soirs") == 1


def test_cover_contents_places_and_organisers(campaign):
    accepted(campaign, "Une soirée", organiser=network.actor(name="Les Fontainiers"), place="Salle des fêtes")
    pages = printed(campaign)

    assert "L’eau, bien commun" in pages[0]
    assert str(campaign.year) in pages[0]
    assert "Sommaire" in pages[1]
    numbered = re.search(r"Annemasse[ .]*([0-9]+)", words([pages[1]]))
    assert numbered is not None
    assert "Une soirée" in pages[int(numbered[1]) - 1]
    assert "Salle des fêtes" in words([page for page in pages if "Les lieux" in page])
    assert "Les Fontainiers" in words([pages[-1]])


@pytest.mark.parametrize("layout", Layout.values)
def test_long_titles_stay_on_the_page_and_no_event_is_cut(campaign, layout):
    for number in range(40):
        accepted(
            campaign, f"Titre {number:02} : {LONG[:130]}", summary=LONG[: 20 + number * 6], place="P" * 100,
            city=TOWNS[number % 5], day=number % 9, price=f"Tarif {number:02}",
        )  # fmt: skip
    document = pypdfium2.PdfDocument(content_of(campaign, layout, Order.DAY))
    outside, cut = [], []
    for number, page in enumerate(document):
        width, height = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_rect(place) for place in range(text.count_rects())]
        outside += [number for left, bottom, right, top in boxes if min(left, bottom) < 0 or right > width + 0.5]
        outside += [number for _left, _bottom, _right, top in boxes if top > height + 0.5]
        read = text.get_text_bounded()
        cut += set(re.findall(r"Titre\s+(\d\d)", read)) ^ set(re.findall(r"Tarif\s+(\d\d)", read))
    document.close()
    assert (outside, cut) == ([], [])


def test_it_is_tagged_with_bookmarks_and_its_fonts_inside(campaign):
    accepted(campaign, "Une soirée")
    content = content_of(campaign)
    marks = inside(content)
    document = pypdfium2.PdfDocument(content)
    bookmarks = [each.get_title() for each in document.get_toc()]
    document.close()

    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part"):
        assert mark in marks
    assert marks.count(b"/FontFile") == marks.count(b"/FontDescriptor") // 2 >= 2
    assert [mark for mark in bookmarks if mark in ("Sommaire", "Annemasse", "Les organisateurs")] == [
        "Sommaire", "Annemasse", "Les organisateurs",
    ]  # fmt: skip


def test_a_booklet_is_made_of_whole_sheets(campaign):
    for number in range(17):
        accepted(campaign, f"Soirée {number}", day=number % 9)
    assert len(printed(campaign, Layout.A5)) % 4 == 0


def test_an_organiser_is_found_on_its_pages_each_once(campaign):
    many, few = network.actor(name="Beaucoup"), network.actor(name="Peu")
    for number in range(30):
        accepted(campaign, f"Soirée {number:02}", organiser=many, summary=LONG[:200])
    accepted(campaign, "Une matinée", organiser=few, city="Thonon-les-Bains", postcode="74200")
    pages = printed(campaign)
    index = words([pages[-1]])
    where = [number for number, page in enumerate(pages, start=1) if re.search(r"Soirée \d\d", page)]

    assert len(where) > 2
    assert f"Beaucoup {', '.join(map(str, where))}" in index
    assert "Une matinée" in pages[int(re.search(r"Peu (\d+)", index)[1]) - 1]


def test_nothing_published_yet_is_said(campaign):
    assert "Aucun événement" in words(printed(campaign))


def test_names_are_text_and_never_marks(campaign):
    accepted(campaign, "<b>Gras</b> & <script>")

    assert "<b>Gras</b> & <script>" in words(printed(campaign))


def test_the_fingerprint_changes_with_what_is_printed_and_with_nothing_else(campaign):
    event = accepted(campaign, "Une soirée")

    def mark() -> str:
        return fingerprint(campaign, entries_of(campaign), layout="a4", order="town")

    before = mark()
    event.description = "Ce qui n'est pas imprimé."
    event.save()
    assert mark() == before
    event.place = "MJC"
    event.save()
    assert mark() != before


def test_entries_are_read_in_a_few_queries(campaign, django_assert_max_num_queries):
    for number in range(6):
        accepted(campaign, f"Événement {number}")
    with django_assert_max_num_queries(3):
        entries_of(campaign)


@pytest.mark.parametrize("has_image", [False, True])
def test_a_poster_is_one_a3_page_whatever_the_title(campaign, has_image):
    event = accepted(
        campaign, LONG[:149], rule="FREQ=DAILY;COUNT=9", summary=LONG[:270], place="P" * 100, address="A" * 100,
        price="Prix libre", image_alt="Un puits",
    )  # fmt: skip
    if has_image:
        event.image.save("puits.webp", files.clean_logo())
    content = printing.poster(event, event.occurrences.all()[:6])

    document = pypdfium2.PdfDocument(content)
    (page,) = list(document)
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [297, 420]
    assert _height(page, "Prix libre") > _height(page, event.organiser.name) + 20, "the text runs into the foot"
    document.close()
    assert french(LONG[:60]) in words(pages_of(content))


def _height(page: pypdfium2.PdfPage, text: str) -> float:
    """Of the first letter of what stands there, from the foot of the page, in points."""
    found = page.get_textpage().search(text).get_next()
    assert found is not None
    return page.get_textpage().get_charbox(found[0])[1]
