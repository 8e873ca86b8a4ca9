"""Two entries for one organisation become one, and nothing of either is lost.

What belongs to this room moves here; the rooms above move theirs when they hear `actors_merged`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coexist.common.history import recorded

from .enums import ActorState, ClaimState, Role
from .mails import tell_merge
from .models import Actor, ActorDecision, Invitation, Membership, MembershipClaim, User
from .services import announce_change
from .signals import actor_left, actors_merged

KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"
_RANK = {Role.OWNER: 2, Role.EDITOR: 1, Role.READER: 0}


class MergeError(Exception):
    """Why these two cannot become one, as a sentence for the animator."""


@dataclass(frozen=True)
class Part:
    """Columns that are chosen together: a postcode without its city would make no sense."""

    code: str
    label: Any
    columns: tuple[str, ...]
    is_list: bool = False

    def value_of(self, actor: Actor) -> tuple:
        return tuple(getattr(actor, name) for name in self.columns)

    def is_empty(self, actor: Actor) -> bool:
        return not any(str(getattr(actor, name) or "") for name in self.columns if name not in _NEVER_EMPTY)

    def suggested(self, kept: Actor, absorbed: Actor) -> str:
        """Whichever says something; the kept one where both do; both lists."""
        if self.is_list:
            return BOTH
        return ABSORBED if self.is_empty(kept) and not self.is_empty(absorbed) else KEPT


_NEVER_EMPTY = ("country", "position_is_chosen")
_PLACE = ("address", "postcode", "city", "country", "latitude", "longitude", "position_is_chosen")
PARTS = (
    Part("name", _("Nom"), ("name",)),
    Part("acronym", _("Sigle"), ("acronym",)),
    Part("kind", _("Type"), ("kind",)),
    Part("registration", _("Immatriculation"), ("registration_kind", "registration_number")),
    Part("summary", _("En une phrase"), ("summary",)),
    Part("description", _("Présentation"), ("description",)),
    Part("logo", _("Logo"), ("logo",)),
    Part("size", _("Taille"), ("size",)),
    Part("place", _("Adresse"), _PLACE),
    Part("territories", _("Territoires"), ("territories",), is_list=True),
    Part("themes", _("Thèmes (ODD)"), ("themes",), is_list=True),
    Part("languages", _("Langues de travail"), ("languages",), is_list=True),
    Part("website", _("Site web"), ("website",)),
    Part("donation_url", _("Page de don"), ("donation_url",)),
)


def parts_that_differ(kept: Actor, absorbed: Actor) -> list[Part]:
    return [part for part in PARTS if part.value_of(kept) != part.value_of(absorbed)]


def belongings(actor: Actor) -> list[tuple[Any, int]]:
    """(what, how many) of all that points to an actor, whichever room it is of; one query each."""
    found = [(relation.related_model, _rows(relation, actor).count()) for relation in _relations()]
    return [(model._meta.verbose_name_plural, count) for model, count in found if count]


@transaction.atomic
def merge(*, kept: Actor, absorbed: Actor, choices: Mapping[str, str], acting_user: User) -> Actor | None:
    """Make one of two; returns the kept one, or None when that was done before.

    `choices`: code of a part -> KEPT, ABSORBED or (lists) BOTH; what is not chosen is as suggested.
    The absorbed one is archived and its address leads to the kept one. The owners of both are told.
    Raises MergeError where it cannot be.
    """
    locked = {row.pk: row for row in Actor.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk])}
    if len(locked) < 2:
        raise MergeError(_("Il faut deux acteurs différents."))
    kept, absorbed = locked[kept.pk], locked[absorbed.pk]
    if absorbed.merged_into_id == kept.pk:
        return None
    _check(kept, absorbed)
    owners = _owners(kept, absorbed)
    was_approved = absorbed.is_approved
    why = gettext("Fusion avec %(name)s") % {"name": absorbed.name}
    with recorded(by=acting_user, why=why):
        _take_parts(kept, absorbed, choices)
        _move_all(kept, absorbed)
    _close_doubles(absorbed, acting_user)
    _archive(kept, absorbed, acting_user)
    actors_merged.send(sender=Actor, kept=kept, absorbed=absorbed, acting_user=acting_user, why=why)
    if was_approved:
        actor_left.send(sender=Actor, actor=absorbed)
    announce_change(kept)
    tell_merge(kept, absorbed, owners)
    return kept


def _check(kept: Actor, absorbed: Actor) -> None:
    if kept.merged_into_id or absorbed.merged_into_id:
        raise MergeError(_("L'un des deux a déjà été fusionné avec un autre acteur."))
    if absorbed.is_approved and not kept.is_approved:
        raise MergeError(_("Gardez plutôt celui qui est validé : ses projets sont publics."))


def _take_parts(kept: Actor, absorbed: Actor, choices: Mapping[str, str]) -> None:
    for part in PARTS:
        chosen = choices.get(part.code) or part.suggested(kept, absorbed)
        for name in part.columns:
            mine, theirs = getattr(kept, name), getattr(absorbed, name)
            if part.is_list and chosen == BOTH:
                setattr(kept, name, list(dict.fromkeys([*mine, *theirs])))
            elif chosen == ABSORBED:
                setattr(kept, name, theirs)
        if part.code == "logo" and chosen == ABSORBED:
            absorbed.logo = ""  # a file belongs to one row
    kept.save()


def _archive(kept: Actor, absorbed: Actor, acting_user: User) -> None:
    """Also what the absorbed one had absorbed now leads straight to the kept one."""
    for earlier in Actor.objects.filter(merged_into=absorbed):
        earlier.merged_into = kept
        earlier.save(update_fields=["merged_into"])
    reason = gettext("Fusionné avec %(name)s") % {"name": kept.name}
    absorbed.state, absorbed.merged_into = ActorState.ARCHIVED, kept
    absorbed.snoozed_until = absorbed.assigned_to = None
    with recorded(by=acting_user, why=reason):
        absorbed.save(update_fields=["state", "merged_into", "snoozed_until", "assigned_to", "logo"])
    ActorDecision.objects.create(actor=absorbed, state=ActorState.ARCHIVED, reason=reason, by=acting_user)


# Rows of this room ------------------------------------------------------------------------------


def _relations() -> list[models.ForeignObjectRel]:
    """What points to an actor by a key of its own."""
    return [
        relation
        for relation in Actor._meta.related_objects
        if relation.one_to_many and relation.related_model is not Actor
    ]


def _rows(relation: models.ForeignObjectRel, actor: Actor) -> models.QuerySet:
    return relation.related_model._base_manager.filter(**{relation.field.name: actor})


def _move_all(kept: Actor, absorbed: Actor) -> None:
    for relation in _relations():
        model: Any = relation.related_model
        if model is Membership:
            _join_members(kept, absorbed)
        elif model._meta.app_label == Actor._meta.app_label:
            move_rows(_rows(relation, absorbed), relation.field.name, kept)


def _close_doubles(absorbed: Actor, acting_user: User) -> None:
    """What the kept one has already, for the same person: here it would wait for ever."""
    now = timezone.now()
    Invitation.objects.filter(actor=absorbed, accepted_at=None, revoked_at=None).update(
        revoked_at=now, revoked_by=acting_user
    )
    MembershipClaim.objects.filter(actor=absorbed, state=ClaimState.WAITING).update(
        state=ClaimState.DECLINED, decided_at=now, decided_by=acting_user
    )


def move_rows(rows: Iterable[Any], name: str, kept: Actor) -> None:
    """Give rows to `kept`, one by one, so that each keeps its history.

    One that `kept` may not have a second time (an open invitation of the same person) stays where it is.
    """
    for row in rows:
        try:
            with transaction.atomic():
                setattr(row, name, kept)
                row.save(update_fields=[name])
        except IntegrityError:
            continue


def _join_members(kept: Actor, absorbed: Actor) -> None:
    """Everybody of both; who was in both has the higher role."""
    mine = {membership.user_id: membership for membership in Membership.objects.filter(actor=kept)}
    for theirs in Membership.objects.filter(actor=absorbed):
        both = mine.get(theirs.user_id)
        if both is None:
            theirs.actor = kept
            theirs.save(update_fields=["actor"])
            continue
        if _RANK[Role(theirs.role)] > _RANK[Role(both.role)]:
            both.role = theirs.role
            both.save(update_fields=["role"])
        theirs.delete()


def _owners(*actors: Actor) -> list[User]:
    owners = Membership.objects.owners().filter(actor__in=actors).values("user")
    return list(User.objects.filter(pk__in=owners, is_active=True).order_by("pk"))
