"""What the worker reads in real files, by its real child process; hostile ones end the child, never the worker."""

from dataclasses import replace

import pytest

from mediatheque.extraction import ocr, work
from mediatheque.extraction.limits import Limits
from mediatheque.models import ResourceFile
from tests.factories import network, resources

pytestmark = pytest.mark.django_db

QUICK = Limits(seconds=60, cpu=50)


def read(content: bytes, name: str = "document.pdf", limits: Limits = QUICK) -> ResourceFile:
    file = resources.file(resources.resource(network.actor()), content, name)
    assert work.read_file(file.pk, limits)
    file.refresh_from_db()
    return file


def texts(file: ResourceFile) -> dict[int, str]:
    return dict(file.pages.order_by("number").values_list("number", "text"))


def test_a_pdf_page_by_page_with_its_first_page_as_a_picture():
    french = "Les associations de la région et les communes sont dans le réseau pour que les projets avancent\n"
    french += "avec nous, et que cette aide soit pour tous. Nous sommes plus forts sur ces sujets, mais pas seuls."
    file = read(resources.pdf(french, "Deuxième page", ""))
    assert (file.extraction, file.problem, file.page_count, file.language) == ("done", "", 3, "fr")
    assert texts(file) == {1: french, 2: "Deuxième page", 3: ""}
    assert file.thumbnail.read()[8:12] == b"WEBP"
    assert file.resource.__class__.objects.get(pk=file.resource_id).thumbnail == file.thumbnail.name


def test_words_cut_at_the_end_of_a_line_are_whole_again_and_hyphens_that_belong_stay():
    cut = "Le mécénat de compé-\ntences en Rhône-\nAlpes, peut-\nêtre de 2024-\n2027, dit-\nil, en co-\nconstruction."
    assert texts(read(resources.pdf(cut)))[1] == (
        "Le mécénat de compétences en Rhône-Alpes, peut-être de 2024-2027, dit-il, en co-construction."
    )


def test_ligatures_of_a_typesetter_are_letters_again(tmp_path):
    """WeasyPrint sets DejaVu Serif with its ligatures, as word processors do."""
    from coexist.common import pdf

    style = tmp_path / "style.css"
    style.write_text("p { font: 12pt 'DejaVu Serif'; font-variant-ligatures: common-ligatures; width: 40mm;"
                     " hyphens: auto; text-align: justify }")  # fmt: skip
    said = "L'efficacité du financement suffit afin d'offrir un officiel coefficient."
    body = f"<p>{said} {said}</p><p>Un ﬁnal ﬂeuve, l'oﬃce.</p>"
    html = f"<html lang=fr><head><title>t</title></head><body>{body}</body></html>"
    text = " ".join(texts(read(pdf.made(html, styles=[style])))[1].split())
    assert text == f"{said} {said} Un final fleuve, l'office."


def test_a_scanned_page_is_read_with_tesseract():
    file = read(resources.scanned_pdf("Convention de partenariat\nentre la commune et l'association"))
    assert (file.extraction, file.problem, file.has_ocr) == ("done", "", True)
    page = file.pages.get()
    assert page.is_ocr
    assert "Convention de partenariat" in page.text


def test_a_scanned_page_without_tesseract_is_said_to_its_owner(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    file = read(resources.scanned_pdf("Convention"))
    assert (file.extraction, file.problem, file.has_ocr) == ("done", "no_ocr", False)
    assert texts(file) == {1: ""}
    assert "n'est pas installée" in str(file.get_problem_display())


def test_the_check_for_tesseract_asks_for_french():
    ocr.is_there.cache_clear()
    assert ocr.is_there()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (resources.encrypted_pdf(), "encrypted"),
        (resources.pdf("Texte")[:300], "broken"),
        (b"%PDF-1.7\n" + b"rien " * 200, "broken"),
        (resources.archive({"word/document.xml": "<w:document"}), "broken"),
        (resources.archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>'}), "broken"),
        (resources.mp4()[:60], "broken"),
    ],
)
def test_files_that_cannot_be_opened_get_a_clear_answer(content, problem):
    file = read(content, "fichier")
    assert (file.extraction, file.problem) == ("failed", problem)
    assert file.get_problem_display()


def test_a_thousand_pages_are_read_and_two_thousand_and_one_are_not():
    file = read(resources.pdf(*(f"Page {number}" for number in range(1, 1001))))
    assert (file.extraction, file.page_count, file.pages.count()) == ("done", 1000, 1000)
    assert texts(file)[1000] == "Page 1000"
    file = read(resources.pdf(*["x"] * 2001))
    assert (file.extraction, file.problem, file.page_count, file.pages.count()) == ("done", "too_many_pages", 2001, 0)


def test_a_pdf_that_draws_itself_for_ever_ends_its_child_and_not_the_worker():
    file = read(resources.bomb_pdf(), limits=replace(QUICK, seconds=6, cpu=4))
    assert (file.extraction, file.problem) == ("failed", "too_heavy")
    assert read(resources.pdf("La suivante")).extraction == "done"


def test_a_stream_that_unpacks_to_gigabytes_hits_the_limit_of_memory():
    content = resources.pdf(content=b"BT /F1 9 Tf (a) Tj ET " + b" " * 600_000_000)
    assert len(content) < 2_000_000
    file = read(content, limits=replace(QUICK, memory=500_000_000, seconds=20))
    assert (file.extraction, file.problem) == ("failed", "too_heavy")
    assert read(resources.pdf("La suivante")).extraction == "done"


def test_an_office_file_that_unpacks_to_gigabytes_is_stopped():
    body = "<w:p><w:r><w:t>" + "a" * 90_000_000 + "</w:t></w:r></w:p>"
    file = read(resources.docx(body), "grand.docx")
    assert (file.extraction, file.problem, file.pages.count()) == ("failed", "too_heavy", 0)


def test_office_files_page_by_page():
    first = "<w:p><w:r><w:t>Première</w:t></w:r><w:r><w:t> ligne</w:t></w:r></w:p>"
    second = "<w:p><w:r><w:br w:type='page'/><w:lastRenderedPageBreak/><w:t>Page deux</w:t></w:r></w:p>"
    assert texts(read(resources.docx(first + second), "a.docx")) == {1: "Première ligne", 2: "Page deux"}
    assert texts(read(resources.pptx("Un", "Deux"), "a.pptx")) == {1: "Un", 2: "Deux"}
    assert texts(read(resources.xlsx("Budget", "Bilan"), "a.xlsx")) == {1: "Budget 10", 2: "Bilan 20"}
    table = "<table:table><table:table-row><text:p>Case</text:p></table:table-row></table:table>"
    words = "<text:h>Titre</text:h><text:p>Une <text:span>belle</text:span> phrase</text:p>"
    written = f"<office:text>{words}{table}</office:text>"
    assert texts(read(resources.odf("text", written), "a.odt")) == {1: "Titre\nUne belle phrase\nCase"}
    shown = "".join(f"<draw:page><text:p>Vue {number}</text:p></draw:page>" for number in (1, 2))
    assert texts(read(resources.odf("presentation", shown), "a.odp")) == {1: "Vue 1", 2: "Vue 2"}


@pytest.mark.parametrize(
    ("content", "name", "seconds"),
    [(resources.mp4(61.4), "a.mp4", 61), (resources.webm(3.0), "a.webm", 3), (resources.wav(2), "a.wav", 2)],
)
def test_how_long_sounds_and_videos_last(content, name, seconds):
    file = read(content, name)
    assert (file.extraction, file.duration, file.pages.count()) == ("done", seconds, 0)
