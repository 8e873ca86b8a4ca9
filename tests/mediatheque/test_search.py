"""The search over descriptions and pages: what is found, where, how it is shown, and what is not."""

import re
from itertools import islice

import pytest
from django.test import Client
from django.urls import reverse

from coexist.common.language.index import index_rows
from mediatheque import services
from mediatheque.extraction import work
from mediatheque.models import FileWords, KnownStem, Resource, ResourcePage
from mediatheque.search import indexing, vocabulary
from mediatheque.search.terms import distance
from mediatheque.search.words import write_missing, write_words
from tests.factories import network, resources
from tests.factories.resources import read

pytestmark = pytest.mark.django_db
LIST = "/mediatheque/"
LONG = "Un texte sans rapport, qui parle de tout autre chose. " * 20


def with_pages(*texts: str, language: str = "", **fields) -> Resource:
    """A public resource with one document, read."""
    made = fields.pop("of", None) or resources.resource(fields.pop("publisher", None) or network.actor(), **fields)
    read(resources.file(made), *texts, language=language)
    return made


def found(query: str, **more) -> list[Resource]:
    return list(Client().get(LIST, {"q": query, **more}).context["rows"])


def written(pieces) -> str:
    return "".join(f"[{text}]" if is_word else text for text, is_word in pieces)


def test_a_word_of_a_page_finds_it_and_opens_it_there():
    made = with_pages(LONG, f"{LONG} Le plaidoyer auprès des élus demande du temps. {LONG}", LONG)
    with_pages(LONG)
    [row] = [row for row in found("plaidoyers elus") if row.passages.shown]
    assert row == made
    [passage] = row.passages.shown
    assert passage.label == "page 2"
    assert "Le [plaidoyer] auprès des [élus] demande du temps." in written(passage.pieces)
    page = Client().get(passage.url)
    assert page.context["part"].number == 2
    assert "<mark>plaidoyer</mark>" in page.content.decode()
    assert "<mark>élus</mark>" in page.content.decode()
    assert passage.pdf_url.endswith("/lire/#page=2")


@pytest.mark.parametrize("asked", ["villager", "villages training", "trained villagers"])
def test_english_pages_are_searched_by_english_stems(asked):
    made = with_pages("The villagers were trained to repair their solar pumps during three weeks.", language="en")
    assert [row for row in found(asked) if row.passages.shown] == [made]


def test_pages_of_one_document_stand_together_and_the_best_three_are_shown():
    best = "Le forage, encore le forage : un forage se décide avec les habitants du forage."
    made = with_pages(*[f"{LONG} Le forage. {LONG}"] * 3, best, f"{LONG} Un forage. {LONG}")
    [row] = found("forage")
    assert row == made
    assert row.passages.shown[0].label == "page 4"
    assert (len(row.passages.shown), row.passages.others) == (3, 2)
    assert "et 2 autres pages" in " ".join(Client().get(LIST, {"q": "forage"}).content.decode().split())


def test_a_page_with_all_the_words_comes_before_pages_with_some():
    with_pages("La gestion de l'eau.", "Les comités de quartier.", title="Deux pages")
    with_pages("Les comités de gestion de l'eau potable.", title="Une page")
    assert [row.title for row in found("comités eau")] == ["Une page", "Deux pages"]


def test_words_of_several_pages_find_their_document():
    made = with_pages("La gestion du budget.", LONG, "Un forage au village.")
    with_pages("La gestion du budget.")
    assert found("budget forage")[0] == made


def test_what_a_document_is_about_comes_before_what_it_mentions():
    mentions = with_pages(*[LONG] * 8, f"{LONG} Un forage. {LONG}")
    about = with_pages(*[f"{LONG} Le forage. {LONG} Un forage."] * 9)
    assert found("forage") == [about, mentions]


def test_two_stems_of_one_word_are_not_two_words():
    """English and French stem it differently: a document in both languages may hold both."""
    both = with_pages(*["Villagers. " * 8, "The villagers were there."], language="en")
    ResourcePage.objects.create(file=both.files.get(), number=3, text="Villagers")
    write_words([both.files.get().pk])
    every_word = with_pages("A villager and a pump.", language="en")
    assert found("villagers pump") == [every_word, both]


def test_a_document_with_more_words_than_one_row_can_hold_is_found_by_its_commonest():
    words = (f"mot{number:x}xyzxyzxyzxyzxyzxyz" for number in range(60_000))
    pages = [f"forage {' '.join(chunk)}" for chunk in iter(lambda: list(islice(words, 2_000)), [])]
    made = with_pages(*pages)
    assert found("forage") == [made]


def test_text_is_found_as_it_was_read_last_and_the_night_finds_what_was_missed():
    made = with_pages("Le forage.")
    page = ResourcePage.objects.get(file__resource=made)
    ResourcePage.objects.filter(pk=page.pk).update(text="Le plaidoyer.")
    write_words([page.file_id])
    assert (found("forage"), found("plaidoyer")) == ([], [made])
    FileWords.objects.all().delete()
    assert found("plaidoyer") == []
    assert (write_missing(), write_missing()) == (1, 0)
    assert found("plaidoyer") == [made]


SLIPS = [
    ("plaidoier", "plaidoyer"), ("comptabilté", "comptabilité"), ("asainissement", "assainissement"),
    ("microcredti", "microcrédit"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "meant"), SLIPS)
def test_slips_are_forgiven_in_pages_and_summaries(asked, meant):
    made = with_pages(f"{LONG} On y traite de {meant} en milieu rural.")
    with_pages(LONG)
    vocabulary.count_stems()
    [row] = [row for row in found(asked) if row.passages.shown]
    assert row == made
    assert f"[{meant}]" in written(row.passages.shown[0].pieces)


def test_slips_are_measured_letter_by_letter():
    pairs = [("forage", "forage"), ("forgae", "forage"), ("forag", "forage"), ("fourage", "forage"), ("eau", "")]
    assert [distance(*pair) for pair in pairs] == [0, 1, 1, 1, 3]


def test_what_is_meant_is_learnt_from_public_pages_alone():
    draft = resources.resource(network.actor(), state="draft")
    read(resources.file(draft), "Confidentialissime.")
    with_pages("Ordinaire.")
    vocabulary.count_stems()
    assert list(KnownStem.objects.values_list("stem", flat=True)) == ["ordinair"]


def test_subtitles_are_searched_and_opened_where_it_is_said():
    made = resources.resource(network.actor(), kind="video", title="Trois minutes")
    video = resources.file(made, resources.mp4(), "film.mp4")
    talk = [LONG[:80]] * 55 + ["Le plaidoyer demande du temps."]
    cues = [f"01:{number:02}:00.000 --> 01:{number:02}:59.000\n{said}" for number, said in enumerate(talk)]
    track = resources.file(made, "\n\n".join(["WEBVTT", *cues]).encode(), "film.vtt", video=video, language="fr")
    assert [row for row in found("plaidoyer") if row.passages.shown] == []
    for file in (video, track):
        assert work.read_file(file.pk)
    [row] = [row for row in found("plaidoyer") if row.passages.shown]
    assert row == made
    [passage] = row.passages.shown
    assert "Le [plaidoyer] demande du temps." in written(passage.pieces)
    page = Client().get(passage.url)
    assert page.context["part"].number == 2
    assert "<mark>plaidoyer</mark>" in page.content.decode()
    assert not any("-->" in text for text in track.pages.values_list("text", flat=True))
    made.refresh_from_db()
    assert made.headings == "", "nobody wrote headings: these are first words of a talk"


def test_transcripts_are_searched_and_opened_where_it_is_said():
    said = f"{LONG}\n{LONG}\n{LONG}\nNous avons commencé par un jardin partagé.\n{LONG}"
    made = resources.resource(network.actor(), kind="video", transcript=said, link="https://youtu.be/abcDEF12345")
    [row] = [row for row in found("jardins partages") if row.passages.shown]
    assert row == made
    [passage] = row.passages.shown
    assert "un [jardin] [partagé]" in written(passage.pieces)
    page = Client().get(passage.url)
    assert "<mark>jardin</mark>" in page.content.decode()
    assert page.context["part"].total > 1


def test_meaning_finds_what_no_word_does():
    made = resources.resource(
        network.actor(), title="Tenir les comptes d'une petite association", summary="Recettes, dépenses, bilan."
    )
    resources.resource(network.actor(), title="Construire un puits", summary="Creuser, maçonner, pomper.")
    assert indexing.index_all() == 2
    assert indexing.index_all() == 0
    assert found("gérer le budget de notre ONG")[0] == made


def test_a_save_leaves_the_vector_to_the_worker_and_the_night_repairs_it():
    made = resources.resource(network.actor(), title="Un titre")
    made.refresh_from_db()
    assert made.vector is None
    assert found("titre") == [made]
    indexing.index([made.pk])
    services.save_resource(resource=Resource.objects.get(pk=made.pk), skills=(), acting_user=None)
    Resource.objects.filter(pk=made.pk).update(title="Un autre titre")
    assert indexing.index_all() == 1


def test_headings_are_those_of_the_presentation_and_of_pages():
    made = with_pages(
        "1. Préparer la mission\nTexte qui suit.", "une phrase qui continue, sans titre,\net la suite.",
        description="Avant.\n\n## Ce qu'on y trouve\n\nAprès.",
    )  # fmt: skip
    services.refresh([made.pk])
    made.refresh_from_db()
    assert made.headings == "Ce qu'on y trouve\n1. Préparer la mission"
    assert index_rows([made]) == 1


def test_facets_count_what_is_found():
    with_pages("Un forage.", kind="guide", themes=[6])
    with_pages("Un forage.", kind="study", themes=[6])
    with_pages("Autre chose.", kind="study", themes=[6])
    result = Client().get(LIST, {"q": "forage", "kind": "guide"}).context["result"]
    assert result.counts.total == 1
    assert result.counts.of("kind") == {"guide": 1, "study": 1}
    assert result.counts.of("theme") == {"6": 1}


@pytest.mark.parametrize("state", ["draft", "waiting", "archived"])
def test_pages_of_what_is_not_public_are_not_found(state):
    made = with_pages("Le mot rarissime.", state=state)
    assert found("rarissime") == []
    assert Client().get(reverse("resource-text", args=[made.slug, 1])).status_code == 404


def test_pages_of_earlier_versions_are_neither_found_nor_opened():
    made = with_pages("Le mot rarissime.", LONG)
    first = made.files.get()
    read(resources.file(made, replaces=first), "Le texte a changé.")
    assert found("rarissime") == []
    page = Client().get(reverse("resource-text", args=[made.slug, 1]))
    assert "Le texte a changé." in page.content.decode()
    assert Client().get(reverse("resource-text", args=[made.slug, 2])).status_code == 404
    assert Client().get(reverse("resource-pdf", args=[first.pk])).status_code == 404


def test_html_in_a_document_is_text():
    made = with_pages('Un forage <script>alert(1)</script> <img src=x onerror="a"> & un <mark>forage</mark>')
    for address in (f"{LIST}?q=forage", reverse("resource-text", args=[made.slug, 1]) + "?q=forage"):
        page = Client().get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "&lt;mark&gt;<mark>forage</mark>&lt;/mark&gt;" in page


HOSTILE = [
    "'", "\\", "%", "a' | 'b", "!!!", "foo & | bar", "':*", "(((", "<script>", "%s %(a)s {0} {all}", "🌍", "\u202e" * 5,
    "a" * 500, "eau " * 100, "C++ .NET", "exemple.org/a?b=c", "\x00", "x\x00y", "-- ;", "l'eau l’eau", "İstanbul œuvre",
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_searches_answer_a_page(asked):
    made = with_pages("Une page avec l'œuvre, C++ et exemple.org/a?b=c, à İstanbul 🌍.")
    vocabulary.count_stems()
    assert Client().get(LIST, {"q": asked}).status_code == 200
    assert Client().get(reverse("resource-text", args=[made.slug, 1]), {"q": asked}).status_code == 200
    assert Client().get(reverse("resource-news"), {"q": asked}).status_code in (200, 400)


@pytest.mark.parametrize("part", ["0", "99", "x", "'", "9" * 30])
def test_pages_that_are_not_there(part):
    made = with_pages("Une page.")
    address = reverse("resource-text", args=[made.slug, 1])
    assert Client().get(address, {"fichier": part}).status_code == 404
    assert Client().get(address.replace("/1/", "/2/")).status_code == 404
    assert Client().get(address.replace("/1/", f"/{'9' * 25}/")).status_code == 404


def test_a_reader_turns_pages_without_a_script():
    made = with_pages("Le forage commence.", "Rien ici.", "Le forage finit.")
    page = Client().get(reverse("resource-text", args=[made.slug, 2]), {"q": "forage"}).content.decode()
    links = dict(re.findall(r'<a[^>]*href="([^"]*texte[^"]*)"[^>]*>([^<]*)<', page))
    assert sorted(links.values()) in (["Ces mots, page 1", "Ces mots, page 3"], ["Page précédente", "Page suivante"])
    assert page.count("/texte/1/?q=forage") == page.count("/texte/3/?q=forage") == 2


def test_a_pdf_opens_in_the_browser_and_may_load_nothing():
    made = with_pages("Une page.")
    answer = Client().get(reverse("resource-pdf", args=[made.files.get().pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    video = resources.file(made, resources.mp4(), "film.mp4")
    assert Client().get(reverse("resource-pdf", args=[video.pk])).status_code == 404
