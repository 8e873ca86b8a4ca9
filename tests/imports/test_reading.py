"""Files as they come: every usual way of saving a table is read, everything else is refused with a sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from actors.imports.models import ImportRun
from actors.imports.reading import FileRefusedError, read_table
from actors.imports.reading import table as limits
from tests.imports.sheets import as_csv, as_xlsx

ROWS = [["Nom", "Ville"], ["Élan d'été", "Genève"], ["Œuvre « commune »", "Saint-Étienne"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_separators_are_recognised(encoding, delimiter):
    table = read_table("liste.csv", as_csv(ROWS, delimiter=delimiter, encoding=encoding))
    assert table.headings == ROWS[0]
    assert [cells for _number, cells in table.lines] == ROWS[1:]


def test_the_separator_is_that_of_the_headings_not_the_commonest_sign():
    content = b"Nom;Objet\nA;un, deux, trois, quatre\nB;cinq, six\n"
    assert read_table("a.csv", content).lines == [(2, ["A", "un, deux, trois, quatre"]), (3, ["B", "cinq, six"])]


def test_blank_rows_are_passed_over_and_numbers_are_those_of_the_file():
    content = as_xlsx([[], ["Nom", "Ville"], [], ["A", 1.0], [None, " "], ["B", True]])
    table = read_table("a.XLSX", content)
    assert table.headings == ["Nom", "Ville"]
    assert table.lines == [(4, ["A", "1"]), (6, ["B", "VRAI"])]


def test_a_cell_may_hold_lines_and_separators():
    content = b'Nom;Objet\r\n"A";"un;\r\ndeux ""trois"""\r\n'
    assert read_table("a.csv", content).lines == [(2, ["A", 'un;\r\ndeux "trois"'])]


def a_zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO(as_xlsx(ROWS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return file.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose first sheet is `xml`."""
    source, file = zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return file.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = ENTITIES.replace(b'"bbbbbbbbbb"', b'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("vide.csv", b"", "vide"),
        ("vide.csv", b"\xef\xbb\xbf \r\n", "aucune ligne"),
        ("titres.csv", b"Nom;Ville\n", "aucune ligne"),
        ("lourd.csv", b"a" * (limits.MOST_BYTES + 1), "5 Mo"),
        ("binaire.csv", b"Nom\n\x00\x01", "pas du texte"),
        ("latin.csv", b"Nom\n\x81\x8d", "accents"),
        ("liste.xls", b"\xd0\xcf\x11\xe0" + b"0" * 99, "ancien format"),
        ("protege.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 99, "mot de passe"),
        ("macros.xlsm", as_xlsx(ROWS), "macros"),
        ("macros.xlsx", with_part("xl/vbaProject.bin", b"x"), "macros"),
        ("lettre.docx", a_zip(word__document=b"x"), "XLSX et CSV"),
        ("lettre.xlsx", a_zip(word__document=b"x"), "pas lisible"),
        ("casse.xlsx", as_xlsx(ROWS)[:-200], "pas lisible"),
        ("casse.xlsx", with_sheet(b"<worksheet"), "pas lisible"),
        ("entites.xlsx", with_sheet(ENTITIES), "pas lisible"),
        ("dehors.xlsx", with_sheet(OUTSIDE), "pas lisible"),
        ("bombe.xlsx", with_part("xl/media/x.bin", b"0" * (41 * 1024 * 1024)), "trop gros"),
        ("parts.xlsx", a_zip(**{f"p{n}": b"" for n in range(600)}), "trop gros"),
        ("table.csv", as_xlsx(ROWS), "XLSX et CSV"),
        ("doc.csv", b"%PDF-1.4 x", "XLSX et CSV"),
        ("image.png", b"\x89PNG", "XLSX et CSV"),
        ("sans-nom", b"Nom\nA\n", "XLSX et CSV"),
        ("lignes.csv", b"Nom\n" + b"A\n" * 5001, "5 000 lignes"),
        ("colonnes.csv", b";".join([b"t"] * 61) + b"\nA\n", "60 colonnes"),
        ("guillemet.csv", b'Nom;Ville\n"A;' + b"x" * 40_000, "guillemet"),
        ("guillemet.csv", b'Nom;Ville\n"A;' + b"x" * 200_000, "guillemet"),
        ("vides.csv", b"Nom\nA\n" + b"\n" * 50_001, "même vides"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(name, content, told):
    with pytest.raises(FileRefusedError, match=told):
        read_table(name, content)


def test_a_hidden_first_sheet_is_passed_over():
    workbook = Workbook()
    workbook.active.sheet_state = "hidden"
    shown = workbook.create_sheet("Membres")
    for row in ROWS:
        shown.append(row)
    file = io.BytesIO()
    workbook.save(file)
    table = read_table("a.xlsx", file.getvalue())
    assert (table.headings, "Membres" in table.note) == (ROWS[0], True)


def test_a_refused_file_keeps_what_was_typed_and_writes_nothing(desk):
    answer = desk.send(b"%PDF", "liste.csv", source="Liste du réseau")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Seuls les fichiers XLSX et CSV" in page
    assert "Liste du réseau" in page
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("day", ["2999-01-01", "hier", "", "0000-00-00"])
def test_the_day_the_data_came_is_a_day_that_was(desk, day):
    assert desk.send(b"Nom;Type\nA;ONG\n", obtained_on=day).status_code == 200
