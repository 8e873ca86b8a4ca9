"""Writing one line: an actor is made, or the empty fields of one are filled."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Func, Q, Value

from .. import services
from ..enums import ActorState
from ..models import Actor, Offer, Skill, User
from . import contact
from .columns import COLUMNS, PERSONAL
from .contact import contact_of
from .enums import Decision, LineState
from .models import ImportLine, ImportRun, Provenance
from .problems import Problem

logger = logging.getLogger(__name__)
# An actor always has a name, a type and an address of its own; its offers are rows of their own.
NEVER_FILLED = ("name", "kind", "country", "slug", "offers")
FILLABLE = [column.code for column in COLUMNS if not column.is_personal and column.code not in NEVER_FILLED]
ROWS_OF_THEIR_OWN = ("slug", "offers", *PERSONAL)
# Pairs whose halves make no sense apart.
TOGETHER = (("registration_kind", "registration_number"), ("latitude", "longitude"))


class NotWrittenError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def write_line(run: ImportRun, line: ImportLine) -> None:
    """Write `line` in the caller's transaction; what cannot be written says why and leaves the others alone."""
    assert run.created_by is not None
    try:
        with transaction.atomic():
            if line.decision == Decision.COMPLETE:
                _complete(run, line, run.created_by)
            else:
                _create(run, line, run.created_by)
    except NotWrittenError as error:
        _fail(line, error.problem)
    except Exception as error:  # whatever one line hides, the others are written
        logger.exception("Line %s not written", line.pk)
        _fail(line, Problem("", "unexpected", {"value": type(error).__name__}))
    line.save(update_fields=["state", "actor", "filled", "problems"])


def what_it_fills(actor: Actor, values: dict[str, Any]) -> list[str]:
    """Columns that are empty in `actor` and have a value in the line.

    A contact is filled whole or not at all: a name beside another person's address misleads.
    """
    empty = [code for code in FILLABLE if code in values and getattr(actor, code) in ("", None, [])]
    for group in TOGETHER:
        if any(getattr(actor, code) not in ("", None) for code in group):
            empty = [code for code in empty if code not in group]
    if contact_of(actor) is None:
        empty += [code for code in PERSONAL if code in values]
    return empty


def _create(run: ImportRun, line: ImportLine, by: User) -> None:
    _refuse_newcomers(line)
    values = line.values
    actor = Actor(**{code: value for code, value in values.items() if code not in ROWS_OF_THEIR_OWN})
    actor.position_is_chosen = "latitude" in values
    wanted = values.get("slug", "")
    if wanted and not Actor.objects.filter(slug=wanted).exists():
        actor.slug = wanted
    services.bring_in_actor(actor=actor, acting_user=by)
    contact.write(actor, values)
    _write_offers(actor, values, by)
    if run.new_state == ActorState.APPROVED:
        services.decide(actor=actor, state=ActorState.APPROVED, reason=run.source, acting_user=by)
    line.actor, line.state, line.filled = actor, LineState.CREATED, sorted(values)
    _remember(run, line, actor, is_new=True)


def _complete(run: ImportRun, line: ImportLine, by: User) -> None:
    actor = Actor.objects.select_for_update().filter(pk=line.target_id or 0, merged_into=None).first()
    if actor is None:
        raise NotWrittenError(Problem("", "gone"))
    filled = what_it_fills(actor, line.values)
    own = [code for code in filled if code not in PERSONAL]
    for code in own:
        setattr(actor, code, line.values[code])
    if "latitude" in filled:
        actor.position_is_chosen = True
    if len(own) < len(filled):
        contact.write(actor, line.values)
    if own:
        written = [*own, "position_is_chosen"] if "latitude" in own else own
        services.complete_actor(actor=actor, fields=written, acting_user=by)
    if "offers" in line.values and not actor.offers.exists():
        _write_offers(actor, line.values, by)
        filled = [*filled, "offers"]
    line.actor, line.state, line.filled = actor, LineState.COMPLETED, filled
    _remember(run, line, actor, is_new=False)


def _write_offers(actor: Actor, values: dict[str, Any], by: User) -> None:
    for given in values.get("offers", []):
        skills = given["skills"]
        chosen = None if skills is None else list(Skill.objects.filter(code__in=skills))
        offer = Offer(actor=actor, **{name: value for name, value in given.items() if name != "skills"})
        services.save_offer(offer=offer, skills=chosen, acting_user=by)


def _refuse_newcomers(line: ImportLine) -> None:
    """Somebody may have signed up, or sent the same sheet, since this line was looked at."""
    values = line.values
    same = Q(name_key=Func(Value(values["name"]), function="coexist_plain"))
    if "registration_number" in values:
        same |= Q(registration_number=values["registration_number"])
    known = [candidate["actor"] for candidate in line.candidates]
    newcomers = Actor.objects.filter(same, merged_into=None).exclude(pk__in=known)
    # Another line of this very sheet was seen at the review, where people chose to have both.
    newcomer = newcomers.exclude(import_lines__run=line.run_id).first()
    if newcomer is not None:
        raise NotWrittenError(Problem("", "appeared", {"value": newcomer.name}))


def _remember(run: ImportRun, line: ImportLine, actor: Actor, *, is_new: bool) -> None:
    """Where the data came from, and which of them are somebody's."""
    personal = [code for code in PERSONAL if code in line.filled]
    if is_new or personal:
        Provenance.objects.create(
            actor=actor, run=run, source=run.source, obtained_on=run.obtained_on, is_new=is_new, personal=personal
        )


def _fail(line: ImportLine, problem: Problem) -> None:
    line.state = LineState.FAILED
    line.problems = [*line.problems, problem.stored()]
