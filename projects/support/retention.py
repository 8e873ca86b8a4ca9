"""How long what was written about a request for help is kept."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, register_rule

from .models import SupportNote, SupportRequest
from .states import ENDED

KEPT = timedelta(days=5 * 365)
_TEXTS = ("expected", "done", "comment", "next_step")


def _over() -> QuerySet:
    return SupportRequest.objects.filter(state__in=ENDED, state_since__lt=timezone.now() - KEPT)


def _written() -> QuerySet:
    said = Q()
    for name in _TEXTS:
        said |= ~Q(**{name: ""})
    return _over().filter(said)


register_rule(
    RetentionRule(
        "support_notes",
        what=_("Notes des accompagnements"),
        period=_("5 ans après la fin de l'accompagnement"),
        action=_("les notes sont supprimées"),
        why=_("suivre un accompagnement, et dire ce qui a été fait"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: SupportNote.objects.filter(support__in=_over()),
        apply=lambda notes: notes.delete(),
    )
)
register_rule(
    RetentionRule(
        "support_requests",
        what=_("Demandes d'accompagnement : ce qui était attendu, ce qui a été fait, commentaire"),
        period=_("5 ans après la fin de l'accompagnement"),
        action=_("les textes sont effacés ; le titre, les décisions et la référence publique restent"),
        why=_("suivre un accompagnement, et dire ce qui a été fait"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=_written,
        apply=lambda rows: rows.update(**dict.fromkeys(_TEXTS, "")),
    )
)
