"""The stages of a partnership, and which may follow which. A pure table: services ask it, pages show it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnershipStage(models.TextChoices):
    CONTACT = "contact", _("premier contact")
    DISCUSSION = "discussion", _("discussion")
    AGREEMENT = "agreement", _("convention")
    UNDER_WAY = "under_way", _("en cours")
    COMPLETED = "completed", _("terminé")
    ABANDONED = "abandoned", _("abandonné")


# A small partnership needs no convention; one that was given up may be taken up again; what is completed stays so.
NEXT = {
    PartnershipStage.CONTACT: (PartnershipStage.DISCUSSION, PartnershipStage.ABANDONED),
    PartnershipStage.DISCUSSION: (
        PartnershipStage.AGREEMENT,
        PartnershipStage.UNDER_WAY,
        PartnershipStage.ABANDONED,
    ),
    PartnershipStage.AGREEMENT: (
        PartnershipStage.UNDER_WAY,
        PartnershipStage.DISCUSSION,
        PartnershipStage.ABANDONED,
    ),
    PartnershipStage.UNDER_WAY: (PartnershipStage.COMPLETED, PartnershipStage.ABANDONED),
    PartnershipStage.COMPLETED: (),
    PartnershipStage.ABANDONED: (PartnershipStage.DISCUSSION,),
}
ENDED = (PartnershipStage.COMPLETED, PartnershipStage.ABANDONED)


def may_follow(stage: str, to: str) -> bool:
    return to in NEXT[PartnershipStage(stage)]
