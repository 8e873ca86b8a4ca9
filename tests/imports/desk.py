"""An animator at an import: files are sent through the pages, the worker's part is done by hand."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.imports import work
from actors.imports.models import ImportRun
from tests.factories import people
from tests.imports.sheets import HEADINGS, as_csv


class Desk:
    def __init__(self) -> None:
        self.animator = people.animator()
        self.client = Client()
        self.client.force_login(self.animator)

    def url(self, step: str, run: ImportRun | None = None) -> str:
        return reverse(f"admin:imports_importrun_{step}", args=[run.pk] if run else [])

    def send(self, content: bytes, name: str = "liste.csv", **fields):
        data = {"file": SimpleUploadedFile(name, content), "source": "Liste de la CSI",
                "obtained_on": timezone.localdate().isoformat(), **fields}  # fmt: skip
        return self.client.post(self.url("upload"), data)

    def upload(self, rows: list[list[str]], headings=HEADINGS) -> ImportRun:
        answer = self.send(as_csv([headings, *rows]))
        assert answer.status_code == 302, answer.context["form"].errors
        return ImportRun.objects.latest("pk")

    def map(self, run: ImportRun, **more):
        """Send the page of the columns as it came, guesses untouched."""
        data = {f"column_{place}": code for code, place in run.mapping.items()}
        answer = self.client.post(self.url("mapping", run), data | more)
        work.go_on(run.pk)
        run.refresh_from_db()
        return answer

    def check(self, rows: list[list[str]], headings=HEADINGS, **more) -> ImportRun:
        run = self.upload(rows, headings)
        self.map(run, **more)
        return run

    def choose(self, run: ImportRun, **choices: str):
        """By number of the line: choose(run, l2="skip")."""
        data = {f"line-{run.lines.get(number=number[1:]).pk}": choice for number, choice in choices.items()}
        return self.client.post(self.url("preview", run), data)

    def launch(self, run: ImportRun, state: str = "draft"):
        answer = self.client.post(self.url("launch", run), {"new_state": state})
        work.go_on(run.pk)
        run.refresh_from_db()
        return answer

    def bring_in(self, rows: list[list[str]], headings=HEADINGS, state: str = "draft") -> ImportRun:
        run = self.check(rows, headings)
        self.launch(run, state)
        return run
