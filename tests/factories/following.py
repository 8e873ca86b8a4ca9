"""Partnerships and their conventions."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actors.models import Actor
from coexist.common.uploads.documents import clean_document
from projects.following.models import Agreement, Document, Milestone, Note, Partnership, Party, StageChange

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def partnership(*actors: Actor, **fields) -> Partnership:
    made = Partnership.objects.create(**{"title": "Un puits à Podor", **fields})
    for actor in actors:
        Party.objects.create(partnership=made, actor=actor, person=actor.members.first())
    StageChange.objects.create(partnership=made, after=made.stage)
    return made


def agreement(of: Partnership, **fields) -> Agreement:
    return Agreement.objects.create(partnership=of, **{"object": "Creuser un puits.", **fields})


def milestone(of: Partnership, *, in_days: int = 30, **fields) -> Milestone:
    due = timezone.localdate() + timedelta(days=in_days)
    return Milestone.objects.create(partnership=of, **{"title": "Premier forage", "due_on": due, **fields})


def note(of: Partnership, text: str = "Réunion de lancement.", **fields) -> Note:
    return Note.objects.create(partnership=of, text=text, **fields)


def upload(content: bytes = PDF, name: str = "convention.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def document(of: Partnership, **fields) -> Document:
    return Document.objects.create(partnership=of, **{"title": "Budget", "file": clean_document(upload()), **fields})
