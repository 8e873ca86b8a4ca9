"""What a person wrote in partnerships: it stays with the parties, without a name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .models import Document, Milestone, Note, Partnership, Party, StageChange


def _of(model: Any, name: str, *related: str) -> Any:
    def rows(person: Any, addresses: Addresses) -> QuerySet:
        return model._default_manager.filter(**{name: person}).select_related(*related)

    return rows


register_holding(
    Holding(
        "partnership_notes",
        _("Vos notes sur des partenariats"),
        ("partnership", "on", "text", "at"),
        _of(Note, "by", "partnership"),
    )
)
register_holding(
    Holding(
        "partnership_changes",
        _("Les étapes de partenariats que vous avez changées"),
        ("partnership", "before", "after", "why", "at"),
        _of(StageChange, "by", "partnership"),
    )
)
register_holding(
    Holding(
        "partnership_documents",
        _("Les documents que vous avez déposés"),
        ("partnership", "title", "at"),
        _of(Document, "by", "partnership"),
    )
)
register_holding(
    Holding(
        "partnership_milestones",
        _("Les jalons que vous avez modifiés"),
        ("partnership", "title", "due_on", "done_on", "comment"),
        _of(Milestone, "by", "partnership"),
    )
)
register_holding(
    Holding(
        "partnership_sides",
        _("Les partenariats dont vous avez la charge"),
        ("partnership", "actor"),
        _of(Party, "person", "partnership", "actor"),
    )
)
register_holding(
    Holding(
        "partnerships_opened",
        _("Les partenariats que vous avez ouverts"),
        ("title", "stage", "created_at"),
        _of(Partnership, "created_by"),
    )
)
register_holding(
    Holding(
        "partnerships_followed",
        _("Les partenariats que vous suivez"),
        ("title", "stage", "next_step", "next_due"),
        _of(Partnership, "animator"),
    )
)
register_holding(
    Holding(
        "partnership_steps",
        _("Les prochaines étapes qui vous reviennent"),
        ("title", "next_step", "next_due"),
        _of(Partnership, "next_person"),
    )
)
