"""Writing partnerships: each step in one transaction, with who and when."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership, User
from projects.partnerships.models import Introduction

from . import rules
from .models import Document, Milestone, Note, Partnership, Party, StageChange
from .signals import partnership_completed
from .stages import PartnershipStage, may_follow

MOST_PARTIES = 12


class PartnershipError(Exception):
    """Why this is not possible (any more), as a sentence for the person."""


@transaction.atomic
def open_from(*, introduction: Introduction, acting_user: User) -> tuple[Partnership, bool]:
    """The partnership of an accepted introduction, and whether it is new: a second click finds the first."""
    locked = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("need__project__lead", "actor", "asked_by", "answered_by")
        .get(pk=introduction.pk)
    )
    existing = Partnership.objects.filter(introduction=locked).first()
    if existing is not None:
        return existing, False
    if not locked.is_accepted:
        raise PartnershipError(_("Un partenariat commence quand la mise en relation est acceptée."))
    people = {locked.asking.pk: locked.asked_by, locked.asked.pk: locked.answered_by}
    actors = [locked.need.project.lead, locked.actor]
    made = Partnership(title=locked.need.title, introduction=locked, need=locked.need, created_by=acting_user)
    return _open(made, actors, people, acting_user), True


@transaction.atomic
def open_by_hand(
    *, title: str, actors: Iterable[Actor], acting_user: User, form_key: UUID | None = None
) -> Partnership:
    """An animator opens one, and follows it. Raises PartnershipError with fewer than two approved actors."""
    existing = Partnership.objects.filter(form_key=form_key).first() if form_key else None
    if existing is not None:
        return existing
    different = list({actor.pk: actor for actor in actors}.values())
    if len(different) < 2 or not all(actor.is_approved for actor in different):
        raise PartnershipError(_("Un partenariat réunit au moins deux acteurs, présents sur CoExist."))
    made = Partnership(title=title, animator=acting_user, created_by=acting_user, form_key=form_key)
    return _open(made, different, {}, acting_user)


@transaction.atomic
def change_stage(*, partnership: Partnership, to: str, seen: str, why: str, acting_user: User) -> Partnership:
    """The next stage, if it may follow the one that stands.

    `seen` is the stage on the page that was sent: nothing is decided from a page that is out of date.
    Raises PartnershipError.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if locked.stage != seen:
        raise PartnershipError(_meanwhile(locked))
    if to not in PartnershipStage.values or not may_follow(locked.stage, to):
        raise PartnershipError(_("Cette étape ne peut pas suivre celle où en est le partenariat."))
    if to == PartnershipStage.ABANDONED and not why.strip():
        raise PartnershipError(_("Dites pourquoi il est abandonné : cela sert aux suivants."))
    before, locked.stage, locked.stage_since = locked.stage, PartnershipStage(to), timezone.now()
    locked.why = why if to == PartnershipStage.ABANDONED else ""
    locked.save(update_fields=["stage", "stage_since", "why", "changed_at"])
    StageChange.objects.create(partnership=locked, before=before, after=to, why=why, by=acting_user)
    if to == PartnershipStage.COMPLETED:
        partnership_completed.send(sender=Partnership, partnership=locked, acting_user=acting_user)
    return locked


@transaction.atomic
def plan(
    *, partnership: Partnership, title: str, next_step: str, next_due: date | None, next_person: User | None,
    people: Mapping[int, User | None], seen: datetime, acting_user: User, animator: Any = ...,
) -> Partnership:  # fmt: skip
    """Who does what next, and until when. `people` are in charge of a side, by party; only of sides one speaks for.

    Raises PartnershipError when somebody changed it after `seen`.
    """
    locked = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if locked.changed_at != seen:
        raise PartnershipError(
            _("Quelqu'un d'autre l'a modifié à l'instant : relisez ce qui est affiché, puis recommencez.")
        )
    locked.title, locked.next_step, locked.next_due = title, next_step, next_due
    if animator is not ... and rules.can_animate(acting_user):
        locked.animator = animator
    locked.next_person = next_person if next_person and rules.people_of(locked).contains(next_person) else None
    locked.save()
    sides = locked.parties.all() if rules.can_animate(acting_user) else rules.own_parties(acting_user, locked)
    for party in sides:
        chosen = people.get(party.pk, party.person)
        if chosen != party.person and (chosen is None or _speaks_for(chosen, party.actor_id)):
            party.person = chosen
            party.save(update_fields=["person"])
    return locked


@transaction.atomic
def add_party(*, partnership: Partnership, actor: Actor, acting_user: User) -> Party:
    """One more actor; adding it twice changes nothing."""
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not actor.is_approved:
        raise PartnershipError(_("Cet acteur n'est plus présent sur CoExist."))
    if locked.parties.exclude(actor=actor).count() >= MOST_PARTIES:
        raise PartnershipError(_("Un partenariat réunit douze acteurs au plus."))
    party, _new = Party.objects.get_or_create(partnership=locked, actor=actor)
    return party


def add_note(*, partnership: Partnership, text: str, on: date, form_key: UUID, acting_user: User) -> Note:
    note, _new = Note.objects.get_or_create(
        form_key=form_key, defaults={"partnership": partnership, "text": text, "on": on, "by": acting_user}
    )
    return note


def add_document(*, partnership: Partnership, title: str, file: ContentFile, acting_user: User) -> Document:
    return Document.objects.create(partnership=partnership, title=title, file=file, by=acting_user)


@transaction.atomic
def save_milestone(*, milestone: Milestone, acting_user: User) -> Milestone:
    """A new one, or one that is done, put off, commented."""
    if not milestone.pk and milestone.form_key:
        existing = Milestone.objects.filter(form_key=milestone.form_key).first()
        if existing is not None:
            return existing
    milestone.by = acting_user
    milestone.save()
    return milestone


def _open(
    partnership: Partnership, actors: Iterable[Actor], people: Mapping[int, User | None], acting_user: User
) -> Partnership:
    partnership.save()
    for actor in actors:
        chosen = people.get(actor.pk)
        if chosen is not None and not _speaks_for(chosen, actor.pk):
            chosen = None
        Party.objects.get_or_create(partnership=partnership, actor=actor, defaults={"person": chosen})
    StageChange.objects.create(partnership=partnership, after=partnership.stage, by=acting_user)
    return partnership


def _speaks_for(person: User, actor: int) -> bool:
    return person.is_active and Membership.objects.writers().filter(actor=actor, user=person).exists()


def _meanwhile(partnership: Partnership) -> str:
    last = partnership.changes.select_related("by").last()
    return _("Entre-temps, %(who)s a fait passer ce partenariat à l'étape « %(stage)s » (%(when)s).") % {
        "who": (last and last.by) or _("quelqu'un"),
        "stage": partnership.get_stage_display(),
        "when": date_format(timezone.localtime(last.at if last else partnership.stage_since), "DATETIME_FORMAT"),
    }
