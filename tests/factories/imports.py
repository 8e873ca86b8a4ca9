"""Imports at the steps where people come in."""

from itertools import count
from uuid import uuid4

from django.utils import timezone

from actors.imports import services, work
from actors.imports.models import ImportRun, Provenance
from actors.imports.reading import read_table
from actors.models import User
from tests.factories import network
from tests.imports.sheets import word_of

_numbers = count(1000)


def reviewed(by: User) -> ImportRun:
    """A sheet of three lines: one right, one that resembles an actor, one wrong."""
    own, others = word_of(next(_numbers)), word_of(next(_numbers))
    network.actor(name=f"{others} et voisins")
    content = f"Nom;Type;E-mail\n{own};ONG;contact@{own}.example\n{others} voisins;ONG;\n;ONG;\n".encode()
    run = services.start_run(
        table=read_table("liste.csv", content), content=content, name="liste.csv", source="Liste de la CSI",
        obtained_on=timezone.localdate(), form_key=uuid4(), acting_user=by,
    )  # fmt: skip
    services.map_columns(run=run, mapping=run.mapping, default_kind="", acting_user=by)
    work.go_on(run.pk)
    run.refresh_from_db()
    return run


def imported(by: User) -> ImportRun:
    run = reviewed(by)
    services.launch(run=run, new_state="draft", acting_user=by)
    work.go_on(run.pk)
    run.refresh_from_db()
    return run


def to_tell(run: ImportRun) -> Provenance:
    """Somebody whose address came in the sheet, and who does not know."""
    return run.provenances.exclude(personal=[]).get()
