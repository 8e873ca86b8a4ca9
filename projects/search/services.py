"""Keeping, changing, stopping and forgetting searches."""

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.mail.enums import Digest

from .models import SavedSearch
from .rhythm import next_look

MOST = 30  # of one person


class TooManySearchesError(Exception):
    """The person keeps as many as anybody may."""


@transaction.atomic
def keep_search(*, acting_user: User, place: str, query: str, name: str, rhythm: str) -> SavedSearch:
    """Keep a search; one that is kept already takes the new name and rhythm. Raises TooManySearchesError."""
    # Locked: two clicks at once keep one search, and nobody keeps one too many.
    list(User.objects.select_for_update(no_key=True).filter(pk=acting_user.pk).values_list("pk"))
    mine = SavedSearch.objects.filter(person=acting_user)
    kept = mine.filter(place=place, query=query).first()
    if kept is not None:
        return change_search(search=kept, name=name, rhythm=rhythm)
    if mine.count() >= MOST:
        raise TooManySearchesError
    now = timezone.now()
    return SavedSearch.objects.create(
        person=acting_user, place=place, query=query, name=name, rhythm=rhythm, starts_at=now, looked_at=now,
        due_at=next_look(rhythm, now),
    )  # fmt: skip


@transaction.atomic
def change_search(*, search: SavedSearch, name: str, rhythm: str) -> SavedSearch:
    """Rename, or tell more or less often; after a silence only what is new from now on is told."""
    locked = SavedSearch.objects.select_for_update().get(pk=search.pk)
    locked.name = name
    if locked.rhythm != rhythm:
        now = timezone.now()
        if locked.rhythm == Digest.NEVER:
            locked.starts_at = locked.looked_at = now
        locked.rhythm, locked.due_at = rhythm, next_look(rhythm, now)
    locked.save()
    return locked


@transaction.atomic
def stop_alerts(*, search: SavedSearch) -> None:
    """The search stays, its alerts end; doing it twice changes nothing."""
    SavedSearch.objects.filter(pk=search.pk).update(rhythm=Digest.NEVER, due_at=None)


@transaction.atomic
def forget_search(*, search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).delete()
