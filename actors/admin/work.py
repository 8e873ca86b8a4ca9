"""What this app has for the administration's first page."""

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from coexist.common.waiting import register_waiting

from .. import queue
from ..models import Actor, MembershipClaim


def _oldest() -> datetime | None:
    waiting = queue.waiting(Actor.objects.all()).order_by("submitted_at")
    return waiting.values_list("submitted_at", flat=True).first()


register_waiting(
    _("Profils à valider"),
    count=lambda: queue.waiting(Actor.objects.all()).count(),
    oldest=_oldest,
    url="admin:actors_actor_changelist",
    query="?file=waiting",
    permission="actors.change_actor",
)
register_waiting(
    _("Demandes de rattachement"),
    count=lambda: MembershipClaim.objects.for_animators().count(),
    oldest=lambda: MembershipClaim.objects.for_animators().aggregate(oldest=Min("created_at"))["oldest"],
    url="admin:actors_membershipclaim_changelist",
    permission="actors.view_membershipclaim",
)
