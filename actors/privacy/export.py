"""All that is kept about a person, in one file for machines and one for people."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from coexist.common.personal_data import Held, held_about

from ..models import User
from .addresses import addresses_of

MOST_ROWS = 5_000  # of one sort in a file; beyond, the file says that it is cut


def data_of(person: User, most: int) -> list[Held]:
    return list(held_about(person, addresses_of(person), most))


def as_json(holdings: list[Held]) -> str:
    """Machine-readable, with the names of the model's fields (GDPR art. 20)."""
    document = {
        "made_at": timezone.now(),
        "data": {
            held.code: {
                "title": str(held.title),
                "is_cut": held.is_cut,
                "rows": [{field.name: field.value for field in row} for row in held.rows],
            }
            for held in holdings
        },
    }
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def as_zip(person: User) -> bytes:
    holdings = data_of(person, MOST_ROWS)
    page = render_to_string("privacy/export.html", {"holdings": holdings, "made_at": timezone.now()})
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        file.writestr("mes-donnees.json", as_json(holdings))
        file.writestr("mes-donnees.html", page)
    return archive.getvalue()
