"""Writing requests for help: each step in one transaction, with who, when and why."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, User
from projects.following.models import Partnership
from projects.models import Project

from . import rules, telling
from .models import SupportChange, SupportNote, SupportRequest
from .querysets import experts
from .states import HELPED, MOVES, Side, SupportState


class SupportError(Exception):
    """Why this is not possible (any more), as a sentence for the person."""


@transaction.atomic
def ask(
    *, actor: Actor, kind: str, title: str, expected: str, acting_user: User, by_date: date | None = None,
    meeting: str = "any", project: Project | None = None, partnership: Partnership | None = None,
    expert: Actor | None = None, form_key: UUID | None = None,
) -> tuple[SupportRequest, bool]:  # fmt: skip
    """Ask the animators, or `expert`. Returns the request and whether it is new: a second click finds the first.

    Raises SupportError when too many are open, or for a project or partnership that is not the actor's.
    """
    locked = Actor.objects.select_for_update(no_key=True).only("pk", "state", "name").get(pk=actor.pk)
    existing = SupportRequest.objects.filter(form_key=form_key).first() if form_key else None
    if existing is not None and existing.actor_id == actor.pk:
        return existing, False
    if not locked.is_approved:
        raise SupportError(_("Cet acteur n'est plus présent sur CoExist."))
    if SupportRequest.objects.open().filter(actor=actor).count() >= rules.MOST_OPEN:
        raise SupportError(
            _("%(number)d demandes de cet acteur sont déjà ouvertes : terminez-en ou retirez-en une.")
            % {"number": rules.MOST_OPEN}
        )
    if project is not None and project.lead_id != actor.pk:
        raise SupportError(_("Ce projet n'est pas porté par cet acteur."))
    if partnership is not None and not partnership.parties.filter(actor=actor).exists():
        raise SupportError(_("Cet acteur ne fait pas partie de ce partenariat."))
    support = SupportRequest(
        actor=actor, kind=kind, title=title, expected=expected, by_date=by_date, meeting=meeting, project=project,
        partnership=partnership, asked_by=acting_user, form_key=None if existing else form_key,
    )  # fmt: skip
    if expert is not None:
        support.expert, support.state = _expert_for(support, expert), SupportState.ASKED
    support.save()
    _note(support, "", Side.ASKER, "", acting_user)
    if support.state == SupportState.ASKED:
        telling.tell_expert(support)
    return support, True


@transaction.atomic
def move(
    *, support: SupportRequest, to: str, seen: int, acting_user: User, why: str = "", expert: Actor | None = None
) -> SupportRequest:
    """Take the request to another state; `expert` is who is asked.

    `seen` is `turn` on the page that was sent: nothing is decided from a page that is out of date.
    Raises SupportError.
    """
    locked = _locked(support, seen)
    side = _may(locked, to, why, acting_user)
    if to in HELPED:
        raise SupportError(_("Dites d'abord ce qui a été fait."))
    return _go(locked, to, side, why, acting_user, expert)


@transaction.atomic
def finish(
    *, support: SupportRequest, seen: int, done: str, acting_user: User, reference: str = "", shows: bool = False
) -> SupportRequest:
    """The helper, or an animator, says what was done. Only the expert's own people agree to show it for the expert."""
    locked = _locked(support, seen)
    side = _may(locked, SupportState.DONE, "", acting_user)
    if not done.strip():
        raise SupportError(_("Dites ce qui a été fait."))
    locked.done, locked.reference = done, reference
    locked.expert_shows = shows and side == Side.EXPERT and bool(reference)
    locked.asker_shows = False
    locked.done_by, locked.done_on = acting_user, timezone.localdate()
    return _go(locked, SupportState.DONE, side, "", acting_user, None)


@transaction.atomic
def confirm(*, support: SupportRequest, seen: int, acting_user: User, comment: str = "", shows: bool = False):
    """The asker says that it was done, and may agree to be named."""
    locked = _locked(support, seen)
    side = _may(locked, SupportState.CONFIRMED, "", acting_user)
    locked.comment, locked.asker_shows = comment, shows and bool(locked.reference)
    return _go(locked, SupportState.CONFIRMED, side, "", acting_user, None)


@transaction.atomic
def show_reference(*, support: SupportRequest, shows: bool, acting_user: User) -> SupportRequest:
    """Each side says for itself, and may change its mind: one that does not agree hides the reference."""
    locked = SupportRequest.objects.select_for_update(of=("self",)).get(pk=support.pk)
    sides = rules.sides_of(acting_user, locked)
    if locked.state not in HELPED or not locked.reference or not sides & {Side.ASKER, Side.EXPERT}:
        raise SupportError(_("Il n'y a pas de référence à montrer."))
    if Side.ASKER in sides:
        locked.asker_shows = shows
    if Side.EXPERT in sides:
        locked.expert_shows = shows
    locked.save(update_fields=["asker_shows", "expert_shows", "changed_at"])
    return locked


@transaction.atomic
def plan(
    *, support: SupportRequest, next_step: str, next_due: date | None, next_person: User | None, seen: datetime,
    acting_user: User, animator: Any = ...,
) -> SupportRequest:  # fmt: skip
    """What is done next, until when, by whom. Raises SupportError when somebody changed it after `seen`."""
    locked = SupportRequest.objects.select_for_update(of=("self",)).get(pk=support.pk)
    if not rules.working_sides(rules.sides_of(acting_user, locked), locked):
        raise SupportError(_("Cette demande n'est plus à vous, ou n'est plus ouverte."))
    if locked.changed_at != seen:
        raise SupportError(
            _("Quelqu'un d'autre l'a modifié à l'instant : relisez ce qui est affiché, puis recommencez.")
        )
    if animator is not ... and rules.can_animate(acting_user):
        locked.animator = animator
    locked.next_step, locked.next_due = next_step, next_due
    locked.next_person = next_person if next_person and rules.people_of(locked).contains(next_person) else None
    locked.save()
    return locked


@transaction.atomic
def add_note(*, support: SupportRequest, text: str, on: date, form_key: UUID, acting_user: User) -> SupportNote:
    """Dated, by either side; a second click finds the first. An expert writes once it has accepted."""
    locked = SupportRequest.objects.select_for_update(of=("self",)).get(pk=support.pk)
    sides = rules.working_sides(rules.sides_of(acting_user, locked), locked)
    if not sides:
        raise SupportError(_("Cette demande n'est plus à vous, ou n'est plus ouverte."))
    note, is_new = SupportNote.objects.get_or_create(
        form_key=form_key,
        defaults={"support": locked, "text": text, "on": on, "by": acting_user, "side": rules.side_of(sides)},
    )
    if is_new:
        telling.tell_note(note)
    return note


@transaction.atomic
def give_back(*, support: SupportRequest, why: str) -> SupportRequest:
    """The expert is no longer there: by nobody's decision the request is the animators' again."""
    locked = _locked(support, None)
    if locked.state in (SupportState.ASKED, SupportState.UNDER_WAY) and locked.expert_id:
        _go(locked, SupportState.WAITING, "", why, None, None)
    return locked


def _locked(support: SupportRequest, seen: int | None) -> SupportRequest:
    rows = SupportRequest.objects.select_for_update(of=("self",)).select_related("actor", "expert", "animator")
    locked = rows.get(pk=support.pk)
    if seen is not None and locked.turn != seen:
        raise SupportError(_meanwhile(locked))
    return locked


def _may(support: SupportRequest, to: str, why: str, acting_user: User) -> Side:
    """As whom the person decides it; SupportError where nobody may, or not this person."""
    allowed = MOVES.get((SupportState(support.state), SupportState(to))) if to in SupportState.values else None
    if allowed is None:
        raise SupportError(_("La demande ne peut pas passer à cet état."))
    sides = rules.sides_of(acting_user, support)
    side = next((side for side in allowed.by if side in sides), None)
    if side is None:
        raise SupportError(_("Ce n'est pas à vous de le décider."))
    if allowed.needs_why and not why.strip():
        raise SupportError(_("Dites pourquoi, en une phrase : l'autre côté le lira."))
    return side


def _go(
    support: SupportRequest, to: str, side: str, why: str, acting_user: User | None, asked: Actor | None
) -> SupportRequest:
    """Write the change, and tell whom it concerns; the request is locked, and the change was allowed."""
    before, expert = support.state, support.expert
    heard = _heard(support, to)
    if to == SupportState.ASKED:
        support.expert = expert = _expert_for(support, asked)
    elif to == SupportState.WAITING:
        support.expert = None
    if side == Side.ANIMATOR and to == SupportState.UNDER_WAY:
        support.animator = acting_user
    elif side == Side.ANIMATOR and to == SupportState.ASKED:
        support.animator = support.animator or acting_user
    elif side == Side.ANIMATOR and to == SupportState.WAITING and before == SupportState.UNDER_WAY:
        support.animator = None
    support.state, support.state_since, support.told_at = SupportState(to), timezone.now(), None
    support.turn += 1
    support.save()
    change = _note(support, before, side, why, acting_user, expert)
    telling.tell_change(change, expert, heard)
    if to == SupportState.ASKED:
        telling.tell_expert(support)
    return support


def _heard(support: SupportRequest, to: str) -> list[User]:
    """The expert's people who know of the request: all once it accepted, before that whoever's mail has left."""
    if support.state == SupportState.ASKED:
        told = telling.stop_asking(support)
        return [] if to == SupportState.UNDER_WAY else told
    return telling.ledger.writers(support.expert) if support.expert else []


def _expert_for(support: SupportRequest, expert: Actor | None) -> Actor:
    """`expert`, where it may be asked for this kind of help."""
    if expert is None:
        raise SupportError(_("Choisissez un expert."))
    if expert.pk == support.actor_id:
        raise SupportError(_("Un acteur ne s'accompagne pas lui-même."))
    if not experts(support.kind).filter(pk=expert.pk).exists():
        raise SupportError(_("Cet acteur ne propose pas cet accompagnement."))
    return expert


def _note(
    support: SupportRequest, before: str, side: str, why: str, acting_user: User | None, expert: Actor | None = None
) -> SupportChange:
    return SupportChange.objects.create(
        support=support, before=before, after=support.state, side=side, why=why, by=acting_user,
        expert=expert or support.expert,
    )  # fmt: skip


def _meanwhile(support: SupportRequest) -> str:
    last = support.changes.select_related("by", "expert").last()
    if last is None:
        return _("Cette page n'est plus à jour : rechargez-la.")
    return _("Entre-temps, %(who)s a déjà décidé (%(when)s) : %(what)s") % {
        "who": last.by or _("quelqu'un"),
        "when": date_format(timezone.localtime(last.at), "DATETIME_FORMAT"),
        "what": last.sentence,
    }
