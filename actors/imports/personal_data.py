"""What sheets of actors may still hold about a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .models import ImportLine


def _lines(person: Any, addresses: Addresses) -> QuerySet[ImportLine]:
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(values__contact_email__iexact=address) | Q(raw__icontains=address)
    return ImportLine.objects.filter(found).select_related("run")


def _forget(person: Any, addresses: Addresses) -> None:
    _lines(person, addresses).update(raw=[], values={}, keys=[], candidates=[])


register_holding(
    Holding(
        "import_lines",
        _("Les lignes d'import qui citent vos adresses"),
        ("run", "number", "values"),
        _lines,
        erase=_forget,
    )
)
