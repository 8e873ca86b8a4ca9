"""Choosing among answers: all of it, or nothing."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import User
from projects.enums import NeedState
from projects.models import Need
from projects.services import end_need

from .. import services
from ..enums import IntroductionState, Side
from ..errors import IntroductionError
from ..models import Introduction


@transaction.atomic
def choose(
    *, need: Need, chosen: Collection[int], others: Collection[int], reply: str, courteous: str, filled: bool,
    acting_user: User,
) -> None:  # fmt: skip
    """Accept `chosen`, answer `others` with the `courteous` text, and end the need where it is `filled`.

    Answers in neither wait on. Raises IntroductionError, and does nothing, when one of them was decided meanwhile.
    """
    if not chosen or set(chosen) & set(others):
        raise IntroductionError(_("Choisissez au moins une réponse."))
    if others and not courteous.strip():
        raise IntroductionError(_("Écrivez quelques mots à ceux que vous ne retenez pas."))
    # no_key: answers given meanwhile may name the need in their rows.
    Need.objects.select_for_update(of=("self",), no_key=True).get(pk=need.pk)
    asked = {*chosen, *others}
    rows = Introduction.objects.filter(pk__in=asked, need=need, side=Side.ACTOR).order_by("pk")
    found = list(rows.select_for_update(of=("self",)).select_related("actor"))
    decided = [row.actor.name for row in found if row.state != IntroductionState.PROPOSED]
    if decided or len(found) != len(asked):
        raise IntroductionError(
            _("Quelqu'un a répondu entre-temps : rien n'a été envoyé. Relisez la liste. %(names)s")
            % {"names": ", ".join(decided)}
        )
    for row in found:
        if row.pk in chosen:
            services.accept(introduction=row, reply=reply, acting_user=acting_user)
        else:
            services.not_chosen(introduction=row, text=courteous, acting_user=acting_user)
    if filled:
        end_need(need=need, state=NeedState.FILLED, acting_user=acting_user)
