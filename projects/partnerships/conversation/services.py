"""Writing in a thread, closing it, opening it to the animators; each locks the introduction first."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from ..enums import IntroductionState, Side
from ..errors import IntroductionError
from ..models import Introduction
from . import rules
from .enums import Step
from .history import note
from .mails import CLOSED, closed_key
from .models import Attachment, Message
from .telling import mark_read, other, put


@transaction.atomic
def say(
    *, introduction: Introduction, side: Side, text: str, files: Sequence[UploadedFile] = (), form_key: UUID,
    seen: int = 0, acting_user: User,
) -> tuple[Message, bool]:  # fmt: skip
    """One message; whether it is new: a second click finds the first. `seen` is the last one that its author read.

    Messages of a thread are written one after the other, so that their keys tell their order.
    """
    locked = _locked(introduction)
    earlier = Message.objects.filter(form_key=form_key, introduction=locked, author=acting_user).first()
    if earlier is not None:
        return earlier, False
    if not rules.may_write(locked, side):
        raise IntroductionError(_closed_or_waiting(locked))
    if not locked.of_side(other(side)).is_approved:
        raise IntroductionError(_("Cet acteur n'est plus présent sur CoExist."))
    message = Message.objects.create(introduction=locked, side=side, author=acting_user, text=text, form_key=form_key)
    for file in files:
        Attachment.objects.create(message=message, file=file, name=(file.name or "")[-120:], size=file.size or 0)
    mark_read(locked, side, acting_user.pk, seen)
    put(locked, side)
    return message, True


@transaction.atomic
def read(*, introduction: Introduction, side: Side, up_to: int, acting_user: User) -> None:
    last = introduction.messages.filter(pk__lte=up_to).order_by("-pk").values_list("pk", flat=True).first()
    mark_read(introduction, side, acting_user.pk, last or 0)


@transaction.atomic
def close(*, introduction: Introduction, side: Side, why: str, acting_user: User) -> Introduction:
    """Nobody writes any more; what was written stays readable. The other side is told why."""
    locked = _locked(introduction)
    if locked.state == IntroductionState.CLOSED:
        raise IntroductionError(_("Cet échange est déjà terminé."))
    if not rules.may_close(locked, side):
        raise IntroductionError(_("Une réponse a déjà été donnée."))
    locked.state = IntroductionState.CLOSED
    locked.save(update_fields=["state"])
    note(locked.pk, Step.CLOSED, by=acting_user, why=why)
    for person in ledger.writers(locked.of_side(other(side))):
        queue_mail(
            CLOSED,
            to=person,
            dedupe_key=closed_key(locked, person.pk),
            context={"introduction": locked, "need": locked.need, "by": locked.of_side(side), "why": why},
            refers_to={"introduction": locked.pk},
        )
    return locked


@transaction.atomic
def ask_help(*, introduction: Introduction, wanted: bool, acting_user: User) -> bool:
    """Let the animators read the thread, or no more; False when it already was so."""
    locked = _locked(introduction)
    if bool(locked.help_asked_at) == wanted:
        return False
    locked.help_asked_at = timezone.now() if wanted else None
    locked.save(update_fields=["help_asked_at"])
    note(locked.pk, Step.HELP_ASKED if wanted else Step.HELP_ENDED, by=acting_user)
    return True


def _locked(introduction: Introduction) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("need__project__lead", "actor").get(pk=introduction.pk)


def _closed_or_waiting(introduction: Introduction) -> str:
    if introduction.state == IntroductionState.PROPOSED:
        return _("Attendez la réponse de l'autre structure : elle a déjà reçu votre demande.")
    return _("Cet échange est terminé : plus personne n'y écrit.")
