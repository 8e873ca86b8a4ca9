"""Writing resources: keeping, submitting, deciding. Their files: uploading.py."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor, Skill, User
from actors.services import detected_skills
from coexist.common.history import recorded
from coexist.common.slugs import free_slug

from .derived import refresh
from .enums import BLOCKING, DECISIONS, OWN_MOVES, WITH_A_REASON, ResourceState
from .loans.offers import keep_offer
from .mails import tell_decision
from .models import DownloadCount, Resource

DECIDED_ELSEWHERE = (
    "state", "state_since", "why", "published_at", "changed_at", "submitted_by_id", "publisher_id", "offer_id",
)  # fmt: skip


class ResourceError(Exception):
    """What was asked for cannot be done; the message is for the person."""


def locked(resource: Resource) -> Resource:
    """As it stands now; nobody else changes it before the end of the transaction.

    Its publisher is locked first, as where two actors become one: its offers may change with it.
    """
    Actor.objects.select_for_update(no_key=True).only("pk").get(pk=resource.publisher_id)
    return Resource.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=resource.pk)


@transaction.atomic
def save_resource(*, resource: Resource, skills: Iterable[Skill], acting_user: User | None) -> Resource:
    """Keep what is said of it; a new one starts as a draft. Where no skill is chosen, the title and summary tell."""
    if resource.pk:
        now = locked(resource)
        for name in DECIDED_ELSEWHERE:  # what somebody decided while the form was open stays
            setattr(resource, name, getattr(now, name))
        note_change(resource)
    else:
        resource.slug, resource.created_by = free_slug(Resource, resource.title), acting_user
    resource.save()
    chosen = [skill.pk for skill in skills] or detected_skills(f"{resource.title}. {resource.summary}")
    resource.skills.set(chosen)
    refresh([resource.pk])
    keep_offer(resource, acting_user=acting_user)
    return resource


def note_change(resource: Resource) -> None:
    """The animators read a public one again; not saved here."""
    if resource.state == ResourceState.PUBLISHED:
        resource.changed_at = timezone.now()


@transaction.atomic
def move(*, resource: Resource, to: str, acting_user: User) -> Resource:
    """Submit, take back, archive, as its people may. Raises ResourceError."""
    row = locked(resource)
    if row.state == to:
        return row
    if to not in OWN_MOVES.get(row.state, ()):
        raise ResourceError(_("Cette ressource a changé d'état entre-temps."))
    if to == ResourceState.WAITING:
        check_ready(row)
        row.submitted_by, row.why = acting_user, ""
    _to_state(row, to)
    with recorded(by=acting_user):
        row.save()
    keep_offer(row, acting_user=acting_user)
    return row


@transaction.atomic
def decide(*, resource: Resource, to: str, why: str, seen: datetime, acting_user: User) -> Resource:
    """Publish, send back, archive, on what was read: `seen` is `updated_at` of that. Raises ResourceError."""
    row = locked(resource)
    if row.updated_at != seen:
        raise ResourceError(_("La ressource a changé pendant que vous la lisiez : relisez-la."))
    if to not in DECISIONS.get(row.state, ()):
        raise ResourceError(_("Cette décision ne peut pas suivre l'état où en est la ressource."))
    if to in WITH_A_REASON and not why.strip():
        raise ResourceError(_("Dites pourquoi : l'acteur le lira."))
    before = row.state
    if to == ResourceState.PUBLISHED:
        check_ready(row)
        row.published_at, why = row.published_at or timezone.now(), ""
    row.why, row.changed_at = why.strip(), None
    _to_state(row, to)
    with recorded(by=acting_user, why=why):
        row.save()
    keep_offer(row, acting_user=acting_user)
    if to != before:
        tell_decision(row)
    return row


def check_ready(row: Resource) -> None:
    """Raises ResourceError with what is missing before others can use it."""
    if not row.publisher.is_approved:
        raise ResourceError(_("L'acteur doit être validé avant de publier dans la médiathèque."))
    files = row.files.current().documents()
    if not row.link and not row.loan and not files.exists():
        raise ResourceError(_("Ajoutez un fichier ou un lien."))
    if broken := files.filter(problem__in=BLOCKING).first():
        raise ResourceError(_("« %(file)s » ne peut pas être ouvert : remplacez-le ou retirez-le.") % {"file": broken})


def count_download(resource: Resource) -> None:
    """One more today; one statement, so that none is lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mediatheque_downloadcount (resource_id, day, number) VALUES (%s, %s, 1)"
            " ON CONFLICT (resource_id, day) DO UPDATE SET number = mediatheque_downloadcount.number + 1",
            [resource.pk, timezone.localdate()],
        )


def total_downloads(resource: Resource) -> int:
    found: dict[str, Any] = DownloadCount.objects.filter(resource=resource).aggregate(total=Sum("number"))
    return found["total"] or 0


@transaction.atomic
def move_resources(*, kept: Actor, absorbed: Actor, acting_user: User, why: str) -> None:
    """Two actors became one: it publishes what both did."""
    for resource in Resource.objects.select_for_update(of=("self",)).filter(publisher=absorbed):
        resource.publisher = kept
        with recorded(by=acting_user, why=why):
            resource.save(update_fields=["publisher", "updated_at"])


def _to_state(row: Resource, to: str) -> None:
    if row.state != to:
        row.state, row.state_since = to, timezone.now()
