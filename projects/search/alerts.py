"""Telling people what is new in the searches they keep. Safe to run twice, at once, and to kill.

What was told, the mail that told it and the moment up to which was looked are written in one
transaction, under the search's lock: a job cut in the middle leaves nothing behind, and the next one
finds the same news.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.mail.enums import Digest, MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.queue import queue_mail
from coexist.common.mail.suspension import is_suspended
from projects.models import Need

from .mails import SEARCH_ALERT, stop_link
from .models import SavedSearch, Told
from .news import News, news_of
from .rhythm import next_look

logger = logging.getLogger(__name__)
AT_ONCE = 200  # searches in one sweep: the next comes a minute later
LISTED = 5  # rows of each side named in a mail; the others are counted and one link away
ALERTS_PER_PERSON_AND_DAY = 10
MOST_TOLD = 2_000  # rows remembered of one search
TRY_AGAIN = timedelta(minutes=5)


def send_due_alerts() -> int:
    """Look at each search that is due; return how many mails were written."""
    due = SavedSearch.objects.due().order_by("due_at", "pk").values_list("pk", "due_at")
    written = 0
    for pk, due_at in due[:AT_ONCE]:
        # Put off first: a search that kills its worker must not be first in line for ever, nor looked at twice.
        if not SavedSearch.objects.filter(pk=pk, due_at=due_at).update(due_at=timezone.now() + TRY_AGAIN):
            continue
        try:
            written += look_at(pk)
        except Exception:  # one bad search must not stop the others
            logger.exception("Saved search %s failed", pk)
    return written


@transaction.atomic
def look_at(pk: int) -> bool:
    """Tell what is new in one search; False where there was nothing to tell, or nobody to tell it to.

    The person is locked too, so that two of their searches cannot both be the last of the day.
    """
    searches = SavedSearch.objects.exclude(rhythm=Digest.NEVER).filter(pk=pk, person__is_active=True)
    locked = searches.select_for_update(skip_locked=True, of=("self", "person"), no_key=True)
    search = locked.select_related("person").first()
    if search is None:
        return False
    now = timezone.now()
    search.due_at = next_look(search.rhythm, now)
    if not _may_be_told(search.person):
        search.save(update_fields=["due_at"])
        return False
    news = news_of(search)
    if news:
        _tell(search, news)
        search.told_at = now
    search.looked_at = now
    search.save(update_fields=["looked_at", "due_at", "told_at"])
    return bool(news)


def _may_be_told(person: User) -> bool:
    """Whoever gets no mail now is told later: nothing counts as told, or as looked at."""
    if person.digest == Digest.NEVER or is_suspended(person.email):
        return False
    if EmailOptOut.stands(person.email, SEARCH_ALERT.code):
        return False
    recent = OutgoingEmail.objects.filter(
        recipient=person, kind_code=SEARCH_ALERT.code, created_at__gt=timezone.now() - timedelta(days=1)
    )
    return recent.exclude(state=MailState.CANCELLED).count() < ALERTS_PER_PERSON_AND_DAY


def _tell(search: SavedSearch, news: News) -> None:
    Told.objects.bulk_create(
        [
            *(Told(search=search, actor_id=key) for key in news.actors),
            *(Told(search=search, need_id=key) for key in news.needs),
        ]
    )
    _forget_oldest(search)
    actors, needs = news.actors[:LISTED], news.needs[:LISTED]
    by_actor = Actor.objects.without_index().in_bulk(actors)
    by_need = Need.objects.with_card_data().in_bulk(needs)
    queue_mail(
        SEARCH_ALERT,
        to=search.person,
        dedupe_key=f"search-alert:{search.pk}:{search.looked_at.isoformat()}",
        context={
            "search": search,
            "total": len(news.actors) + len(news.needs),
            "actors": [by_actor[key] for key in actors],
            "needs": [by_need[key] for key in needs],
            "more": len(news.actors) + len(news.needs) - len(actors) - len(needs),
            "results_url": settings.SITE_URL + search.get_absolute_url(),
            "stop_url": stop_link(search.pk),
        },
        refers_to={"search": search.pk, "actors": actors, "needs": needs},
    )


def _forget_oldest(search: SavedSearch) -> None:
    """A row is forgotten where 2,000 later ones were told: it is told again only if it is new again."""
    oldest = search.told.order_by("-pk").values_list("pk", flat=True)[MOST_TOLD : MOST_TOLD + 1]
    for pk in oldest:
        search.told.filter(pk__lte=pk).delete()
