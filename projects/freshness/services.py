"""Confirming, and the mails around a need's last day."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from actors.models import Actor, User
from coexist.common.freshness import COLUMNS
from coexist.common.history import recorded
from coexist.common.mail.queue import queue_mail
from projects.enums import NeedState
from projects.models import Need
from projects.services import end_need

from .items import of_writer
from .links import Named
from .mails import ENDS_SOON, PAST

SAVED = ["confirmed_at", *COLUMNS]
TOLD_BEFORE = timedelta(days=7)


def confirmable(named: Named, person: User) -> tuple[list[Actor], list[Need]]:
    """Of what a link names, what the person may still confirm."""
    actors = Actor.objects.approved().without_index().filter(of_writer(person, "pk"), pk__in=named.actors)
    needs = Need.objects.open().with_card_data().filter(of_writer(person, "project__lead"), pk__in=named.needs)
    return list(actors.order_by("name", "pk")), list(needs.order_by("title", "pk"))


@transaction.atomic
def confirm(*, named: Named, acting_user: User) -> int:
    """All of it is still right; returns how many things were confirmed."""
    actors, needs = confirmable(named, acting_user)
    for row in [*_locked(Actor, actors), *_locked(Need, needs)]:
        row.confirm()
        with recorded(by=acting_user, why=gettext("Confirmé par le lien d'un e-mail")):
            row.save(update_fields=SAVED)
    return len(actors) + len(needs)


def close_past_needs() -> None:
    """A need whose last day is over asks for nothing any more, and its people hear so, once."""
    for need in Need.objects.past_their_date().select_related("project__lead"):
        with transaction.atomic():
            if end_need(need=need, state=NeedState.CLOSED, acting_user=None):
                _tell(PAST, need)


def tell_ends_soon() -> None:
    """A week before; again where the date was moved. The key of the mail makes it once."""
    today = timezone.localdate()
    ending = Need.objects.open().filter(ends_on__gte=today, ends_on__lte=today + TOLD_BEFORE)
    # Who published it yesterday knows the date.
    for need in ending.filter(published_at__lte=timezone.now() - timedelta(days=1)).select_related("project__lead"):
        _tell(ENDS_SOON, need)


def _tell(kind, need: Need) -> None:
    lead = need.project.lead
    for person in User.objects.filter(memberships__in=lead.memberships.writers(), is_active=True).order_by("pk"):
        queue_mail(
            kind,
            to=person,
            dedupe_key=f"{kind.code}:{need.pk}:{need.ends_on}:{person.pk}",
            context={"need": need},
            refers_to={"need": need.pk, "ends_on": str(need.ends_on)},
        )


def _locked(model, rows: list) -> list:
    locked = model.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    return list(locked.select_for_update(no_key=True, of=("self",)))
