"""Writing requests to borrow: each step in one transaction, with who, when and why."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, User

from ..models import LoanRequest, LoanStep, Resource
from ..services import locked
from . import rules, telling
from .states import MOVES, LoanState, Side, is_time


class LoanError(Exception):
    """Why this is not possible (any more), as a sentence for the person."""


@transaction.atomic
def ask(
    *, resource: Resource, actor: Actor, starts_on: date, ends_on: date, place: str, message: str, acting_user: User,
    form_key: UUID | None = None,
) -> tuple[LoanRequest, bool]:  # fmt: skip
    """Ask the owners of what is lent. Returns the request and whether it is new: a second click finds the first."""
    row = locked(resource)
    existing = LoanRequest.objects.filter(form_key=form_key, actor=actor).first() if form_key else None
    if existing is not None:
        return existing, False
    _check_lent(row)
    if not actor.is_approved or actor.pk == row.publisher_id:
        raise LoanError(_("Cet acteur ne peut pas l'emprunter."))
    if LoanRequest.objects.asked().filter(actor=actor).count() >= rules.MOST_OPEN:
        raise LoanError(
            _("%(number)d demandes d'emprunt de cet acteur attendent déjà une réponse.") % {"number": rules.MOST_OPEN}
        )
    _check_free(row, starts_on, ends_on)
    loan = LoanRequest.objects.create(
        resource=row, actor=actor, starts_on=starts_on, ends_on=ends_on, place=place, message=message,
        asked_by=acting_user, form_key=form_key,
    )  # fmt: skip
    LoanStep.objects.create(loan=loan, state=loan.state, by=acting_user)
    telling.tell_lender(loan)
    return loan, True


@transaction.atomic
def move(*, loan: LoanRequest, to: str, seen: str, acting_user: User, why: str = "") -> LoanRequest:
    """Agree, decline, withdraw, note the return. `seen` is the state on the page that was sent.

    The resource is locked first: of two agreements at once the second sees the first. Raises LoanError.
    """
    resource = locked(loan.resource)
    row = _locked(loan)
    if row.state != seen:
        raise LoanError(_("Entre-temps, cette demande a reçu une réponse : relisez la page."))
    side = _may(row, to, why, acting_user)
    if to == LoanState.AGREED:
        _check_lent(resource)
        if not row.actor.is_approved:
            raise LoanError(_("Cet acteur n'est plus présent sur CoExist."))
        _check_free(resource, row.starts_on, row.ends_on)
    return _go(row, to, side, why.strip(), acting_user)


@transaction.atomic
def withdraw_what_waits(actor: Actor, *, why: str) -> None:
    """One side is there no more: nobody waits for an answer that will not come."""
    waiting = LoanRequest.objects.asked().filter(pk__in=LoanRequest.objects.of_actor(actor).values("pk"))
    for loan in waiting.select_for_update(of=("self",)).select_related("actor", "resource__publisher"):
        _go(loan, LoanState.WITHDRAWN, None, why, None, gone=actor)


@transaction.atomic
def move_loans(*, kept: Actor, absorbed: Actor, why: str) -> None:
    """Two actors became one: it borrows what both did; nobody borrows from oneself."""
    LoanRequest.objects.filter(actor=absorbed).update(actor=kept)
    own = LoanRequest.objects.filter(actor=kept, resource__publisher=kept)
    for loan in own.filter(state__in=[LoanState.ASKED, LoanState.AGREED]).select_for_update(of=("self",)):
        loan.state = LoanState.WITHDRAWN
        loan.save(update_fields=["state"])
        LoanStep.objects.create(loan=loan, state=loan.state, why=why)


def _locked(loan: LoanRequest) -> LoanRequest:
    rows = LoanRequest.objects.select_for_update(of=("self",)).select_related("actor", "resource__publisher")
    return rows.get(pk=loan.pk)


def _may(loan: LoanRequest, to: str, why: str, acting_user: User) -> Side:
    move = MOVES.get((LoanState(loan.state), LoanState(to))) if to in LoanState.values else None
    if move is None or not is_time(move, loan.starts_on, timezone.localdate()):
        raise LoanError(_("La demande ne peut pas passer à cet état."))
    if move.by not in rules.sides_of(acting_user, loan):
        raise LoanError(_("Ce n'est pas à vous de le décider."))
    if move.needs_why and not why.strip():
        raise LoanError(_("Dites pourquoi, en une phrase : l'autre côté le lira."))
    return move.by


def _check_lent(resource: Resource) -> None:
    if not (resource.is_public and resource.is_lent):
        raise LoanError(_("Ce n'est plus à emprunter."))


def _check_free(resource: Resource, starts_on: date, ends_on: date) -> None:
    taken = LoanRequest.objects.agreed().filter(resource=resource).meeting(starts_on, ends_on).first()
    if taken is not None:
        raise LoanError(
            _("Déjà emprunté du %(start)s au %(end)s : choisissez d'autres dates.")
            % {"start": date_format(taken.starts_on), "end": date_format(taken.ends_on)}
        )


def _go(
    loan: LoanRequest, to: str, side: Side | None, why: str, acting_user: User | None, gone: Actor | None = None
) -> LoanRequest:
    before, loan.state = loan.state, to
    loan.save(update_fields=["state"])
    step = LoanStep.objects.create(loan=loan, state=to, why=why, by=acting_user)
    if before == LoanState.ASKED:
        telling.stop_asking(loan)
    telling.tell_step(step, side, gone)
    return loan
