"""Imports at the steps where people come in."""

from uuid import uuid4

from django.utils import timezone

from actors.imports import services, work
from actors.imports.models import ImportRun, Provenance
from actors.imports.reading import read_table
from actors.models import Actor, User

SHEET = "Nom;Type;E-mail\n{name};ONG;contact@{domain}.example\nVoisins {name};ONG;\n;ONG;\n"


def reviewed(by: User, name: str = "Maison neuve") -> ImportRun:
    """A sheet of three lines: one right, one that resembles an actor, one wrong."""
    domain = name.lower().replace(" ", "-")
    content = SHEET.format(name=name, domain=domain).encode()
    Actor.objects.get_or_create(slug=f"les-voisins-{domain}", defaults={"name": f"Les voisins {name}", "kind": "ngo"})
    run = services.start_run(
        table=read_table("liste.csv", content), content=content, name="liste.csv", source="Liste de la CSI",
        obtained_on=timezone.localdate(), form_key=uuid4(), acting_user=by,
    )  # fmt: skip
    services.map_columns(run=run, mapping=run.mapping, default_kind="", acting_user=by)
    work.go_on(run.pk)
    return run


def imported(by: User, name: str = "Maison ancienne") -> ImportRun:
    run = reviewed(by, name)
    services.launch(run=run, new_state="draft", acting_user=by)
    work.go_on(run.pk)
    return run


def to_tell(run: ImportRun) -> Provenance:
    """Somebody whose address came in the sheet, and who does not know."""
    return run.provenances.exclude(personal=[]).get()
