"""Two actors became one: all its introductions are kept, and only one is live for each need."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from actors.models import Actor
from projects.matching.enums import RefusalReason

from .conversation.enums import Step
from .conversation.history import note
from .enums import IntroductionState
from .models import Introduction


@transaction.atomic
def move_introductions(*, kept: Actor, absorbed: Actor) -> None:
    """Nobody talks with oneself, nor twice about one need: what is then too much is closed, and stays readable."""
    both = Introduction.objects.filter(actor__in=[kept, absorbed])
    for introduction in both.live().filter(need__project__lead=kept):
        _close(introduction, gettext("Les deux acteurs n'en font plus qu'un."))
    live_needs = set()
    # An accepted one first, then the first asked.
    for introduction in both.live().order_by("state", "created_at", "pk"):
        if introduction.need_id in live_needs:
            _close(introduction, gettext("Réunie avec l'autre demande pour ce besoin."))
        live_needs.add(introduction.need_id)
    Introduction.objects.filter(actor=absorbed).update(actor=kept)


def _close(introduction: Introduction, why: str) -> None:
    introduction.reply = "\n\n".join(text for text in (introduction.reply, why) if text)
    introduction.state, introduction.reason = IntroductionState.DECLINED, RefusalReason.OTHER
    introduction.answered_at = introduction.answered_at or timezone.now()
    introduction.save(update_fields=["reply", "state", "reason", "answered_at"])
    note(introduction.pk, Step.MERGED, by=None)
