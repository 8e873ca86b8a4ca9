"""Asking, accepting, declining; each step is a row and a mail to the other side."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.withdraw import withdraw
from projects.matching.enums import RefusalReason
from projects.matching.feedback import is_refused, record_interest, record_refusal
from projects.matching.models import Refusal
from projects.models import Need

from . import answers, questions
from .conversation.enums import Step
from .conversation.history import note
from .enums import IntroductionState, Side
from .errors import IntroductionError
from .mails import ASKED, REMINDER, tell_answer
from .models import Introduction
from .questions import OF_PROJECTS as ASKED_BY_PROJECT

STEPS = {IntroductionState.ACCEPTED: Step.ACCEPTED, IntroductionState.DECLINED: Step.DECLINED}


@transaction.atomic
def ask(*, need: Need, actor: Actor, side: Side, message: str, acting_user: User) -> tuple[Introduction, bool]:
    """One side writes first. Returns the introduction and whether it is new: a second click finds the first.

    Raises IntroductionError when the need has ended or the other side refused meanwhile.
    """
    open_need = Need.objects.open().select_for_update(of=("self",)).filter(pk=need.pk).first()
    if open_need is None:
        raise IntroductionError(_("Ce besoin n'est plus ouvert : il a été pourvu, clos ou retiré."))
    live = Introduction.objects.live().filter(need=need, actor=actor).first()
    if live is not None:
        return live, False
    if is_refused(need, actor):
        raise IntroductionError(_("L'un des deux a déjà répondu non pour ce besoin."))
    if not actor.is_approved:
        raise IntroductionError(_("Cet acteur n'est plus présent sur CoExist."))
    introduction = Introduction.objects.create(need=need, actor=actor, side=side, message=message, asked_by=acting_user)
    note(introduction.pk, Step.ASKED, by=acting_user)
    if side == Side.ACTOR:
        record_interest(need=need, actor=actor)
        answers.put(introduction)
    else:
        questions.put(introduction)
    return introduction, True


@transaction.atomic
def accept(*, introduction: Introduction, reply: str, acting_user: User) -> Introduction:
    """The asked side says yes: both now see each other's contacts."""
    locked = _still_proposed(introduction)
    if not locked.asking.is_approved:
        raise IntroductionError(_("Cet acteur n'est plus présent sur CoExist."))
    if locked.side == Side.PROJECT:
        record_interest(need=locked.need, actor=locked.actor)
    return _answer(locked, IntroductionState.ACCEPTED, reply=reply, reason="", acting_user=acting_user)


@transaction.atomic
def decline(*, introduction: Introduction, reason: str, reply: str, acting_user: User) -> Introduction:
    """The asked side says no, and why: the pair is not proposed again for this need."""
    locked = _still_proposed(introduction)
    record_refusal(
        need=locked.need, actor=locked.actor, by_actor=locked.side == Side.PROJECT, reason=reason, text=reply,
        acting_user=acting_user,
    )  # fmt: skip
    return _answer(locked, IntroductionState.DECLINED, reply=reply, reason=reason, acting_user=acting_user)


@transaction.atomic
def not_chosen(*, introduction: Introduction, text: str, acting_user: User) -> Introduction:
    """The project chose another answer: a courteous no, which teaches the engine nothing about the actor."""
    locked = _still_proposed(introduction)
    record_refusal(
        need=locked.need, actor=locked.actor, by_actor=False, reason=RefusalReason.OTHER, text="",
        acting_user=acting_user,
    )  # fmt: skip
    return _answer(locked, IntroductionState.DECLINED, reply=text, reason="", acting_user=acting_user)


@transaction.atomic
def refuse_need(*, need: Need, actor: Actor, reason: str, text: str, acting_user: User) -> Refusal | None:
    """ "Pas pour nous": an actor closes a proposal; a question that waited is declined with it."""
    if Introduction.objects.live().filter(need=need, actor=actor).exclude(**ASKED_BY_PROJECT).exists():
        raise IntroductionError(_("Vous êtes déjà en relation pour ce besoin : répondez dans l'échange."))
    waiting = Introduction.objects.filter(need=need, actor=actor, **ASKED_BY_PROJECT).first()
    if waiting is not None:
        decline(introduction=waiting, reason=reason, reply=text, acting_user=acting_user)
        return Refusal.objects.get(need=need, actor=actor)
    return record_refusal(need=need, actor=actor, by_actor=True, reason=reason, text=text, acting_user=acting_user)


@transaction.atomic
def withdraw_questions(need: Need) -> None:
    """The need has ended: what its project asked of actors waits for no answer, and its mails do not leave.

    What actors offered stays: the project still answers them, for its need may be filled by one of them.
    """
    asked = Introduction.objects.filter(need=need, **ASKED_BY_PROJECT).select_for_update(of=("self",))
    keys = list(asked.values_list("pk", flat=True))
    mails = OutgoingEmail.objects.filter(kind_code__in=[ASKED.code, REMINDER.code], refers_to__introduction__in=keys)
    withdraw(mails, "besoin termine")
    Introduction.objects.filter(pk__in=keys).update(state=IntroductionState.WITHDRAWN, answered_at=timezone.now())
    for key in keys:
        note(key, Step.WITHDRAWN, by=None)


def _still_proposed(introduction: Introduction) -> Introduction:
    locked = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("need__project__lead", "actor")
        .get(pk=introduction.pk)
    )
    if locked.state == IntroductionState.WITHDRAWN:
        raise IntroductionError(_("Ce besoin n'est plus ouvert : il a été pourvu, clos ou retiré."))
    if locked.state == IntroductionState.CLOSED:
        raise IntroductionError(_("Cet échange est terminé : plus personne n'y écrit."))
    if locked.state != IntroductionState.PROPOSED:
        raise IntroductionError(_("Une réponse a déjà été donnée."))
    return locked


def _answer(
    introduction: Introduction, state: IntroductionState, *, reply: str, reason: str, acting_user: User
) -> Introduction:
    introduction.state, introduction.reply, introduction.reason = state, reply, reason
    introduction.answered_by, introduction.answered_at = acting_user, timezone.now()
    introduction.save(update_fields=["state", "reply", "reason", "answered_by", "answered_at"])
    note(introduction.pk, STEPS[state], by=acting_user, why=str(introduction.get_reason_display()) if reason else "")
    tell_answer(introduction)
    return introduction
