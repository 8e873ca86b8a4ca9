"""An animator brings in a sheet of 300 lines, with a real worker behind the pages; somebody told says no."""

import pytest
from playwright.sync_api import expect

from actors.imports.models import ImportRun
from actors.imports.querysets import LEFT_ALONE_FOR
from actors.models import Actor
from coexist.common.mail.models import EmailOptOut
from tests.factories import imports, people
from tests.imports import mistakes
from tests.imports.sheets import as_csv, as_xlsx
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser
SOON = PATIENCE * 1000  # milliseconds


def choose_file(page, content: bytes, name: str) -> None:
    page.set_input_files("[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})


@pytest.mark.processes
def test_a_sheet_of_300_lines_with_every_mistake(running_site, open_visit):
    animator = people.animator()
    one = open_visit(running_site.url, animator)
    page = one.page
    one.go("/admin/imports/importrun/")
    page.get_by_role("link", name="Importer un fichier").click()
    page.fill("[name=source]", "Liste des membres de la CSI")
    choose_file(page, b"%PDF-1.4", "liste.csv")
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator(".errornote")).to_contain_text("Seuls les fichiers XLSX et CSV")
    expect(page.locator("[name=source]")).to_have_value("Liste des membres de la CSI")

    choose_file(page, as_csv(mistakes.sheet()), "liste.csv")
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator("[name=column_0]")).to_have_value("name")
    assert one.look(within=".imports") == []
    page.get_by_role("button", name="Vérifier les lignes").click()

    expect(page.get_by_role("heading", name="Relire avant d'importer")).to_be_visible(timeout=SOON)
    expect(page.locator(".import-counts")).to_contain_text(f"{len(mistakes.MISTAKES)} à corriger")
    page.get_by_role("link", name="À corriger ou à signaler").click()
    page.wait_for_url("**?*")
    told = set()
    while True:
        assert one.look(within=".imports") == []
        told |= set(page.locator(".import-problem").all_inner_texts())
        following = page.get_by_role("link", name="Page suivante")
        if not following.count():
            break
        following.click()
    assert len(told) >= 20

    with page.expect_download() as download:
        page.get_by_role("link", name="Les télécharger avec leurs problèmes").click()
    assert download.value.suggested_filename.endswith(".csv")

    page.get_by_role("link", name="Continuer").click()
    assert one.look(within=".imports") == []
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_role("heading", name="terminé")).to_be_visible(timeout=SOON)
    assert one.look(within=".imports") == []
    assert Actor.objects.count() == mistakes.RIGHT + len(mistakes.WARNINGS)
    assert one.complaints == []


def test_a_corrected_file_and_a_choice_then_people_are_told(visit, world):
    run = imports.reviewed(world.animator)
    one = visit(world.animator)
    page = one.page
    one.go(f"/admin/imports/importrun/{run.pk}/relire/")
    page.locator("select[name^=line-]").nth(1).select_option("skip")
    page.get_by_role("button", name="Garder les choix").click()
    expect(page.locator(".messagelist")).to_contain_text("gardés")
    page.get_by_role("link", name="envoyer le fichier corrigé").click()
    assert one.look(within=".imports") == []
    choose_file(page, as_xlsx([["Nom", "Type", "E-mail"], ["Maison rouge", "ONG", "awa@test.example"]]), "corrige.xlsx")
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name="Vérifier les lignes").click()
    page.get_by_role("link", name="Continuer").click()
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_role("heading", name="terminé")).to_be_visible()
    page.get_by_role("link", name="Informer et inviter").click()
    assert one.look(within=".imports") == []
    page.get_by_text("Lire le message de la première").click()
    expect(page.locator(".mail-text")).to_contain_text("CNIL")
    address = page.locator(".mail-text").inner_text().split("http://localhost:8000/opposition/")[1].split()[0]
    page.get_by_role("button", name="Informer et inviter").click()
    expect(page.locator(".messagelist")).to_contain_text("1 message mis en file")
    assert one.complaints == []

    told = visit()
    told.go(f"/opposition/{address}")
    told.page.get_by_role("button", name="M'opposer").click()
    expect(told.page.get_by_role("heading", name="C'est fait")).to_be_visible()
    assert told.complaints == []
    assert EmailOptOut.objects.get().address == "awa@test.example"
    assert not Actor.objects.get(name="Maison rouge").contacts.exists()


def test_the_export_page_and_the_progress_of_an_import(visit, world):
    one = visit(world.animator)
    one.go("/admin/imports/importrun/exporter/")
    assert one.look(within=".imports") == []
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="Télécharger").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    run = imports.reviewed(world.animator)
    ImportRun.objects.filter(pk=run.pk).update(state="writing")
    one.go(f"/admin/imports/importrun/{run.pk}/suivi/")
    assert one.look(within=".imports") == []
    expect(one.page.locator("progress")).to_be_visible()
    ImportRun.objects.filter(pk=run.pk).update(state="done")
    expect(one.page.get_by_role("heading", name="terminé")).to_be_visible(timeout=LEFT_ALONE_FOR.total_seconds() * 1000)
    assert one.complaints == []
