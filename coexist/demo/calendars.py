"""The demo's imported calendar: a file whose days count from the day on which it is loaded."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from actors.models import Actor
from events.imports.services import add_file
from events.imports.work import read_source


def load_calendar(actor: Actor, file: Path) -> None:
    person = actor.members.first()
    assert person is not None
    today = timezone.localdate()
    text = re.sub(
        r"\[([0-9]+)\]", lambda found: f"{today + timedelta(days=int(found[1])):%Y%m%d}", file.read_text("utf-8")
    )
    source = add_file(actor=actor, name="agenda.ics", content=text.encode(), acting_user=person)
    read_source(source.pk)
