from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.enums import Mode, OfferKind


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    OPEN = "open", _("ouverte aux contributions")
    PUBLISHED = "published", _("publiée")
    CLOSED = "closed", _("close")


PUBLIC_CAMPAIGNS = (CampaignState.OPEN, CampaignState.PUBLISHED, CampaignState.CLOSED)
UNDER_WAY = (CampaignState.OPEN, CampaignState.PUBLISHED)  # proposals are decided


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("proposée")
    CHANGES_ASKED = "changes", _("à préciser")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    WITHDRAWN = "withdrawn", _("retirée")


UNDECIDED = (ProposalState.PROPOSED, ProposalState.CHANGES_ASKED)
STANDING = (*UNDECIDED, ProposalState.ACCEPTED)


class Direction(models.TextChoices):
    ASK = "ask", _("demande")
    OFFER = "offer", _("offre")


class SupportKind(models.TextChoices):
    """What an organiser of the Semaine lacks, or somebody lends."""

    PREMISES = "premises", _("Locaux")
    STAFF = "staff", _("Personnel")
    EQUIPMENT = "equipment", _("Matériel")
    SERVICES = "services", _("Services")
    MONEY = "money", _("Argent")


# What such an ask is as a need: its kind, and the modes that it accepts.
AS_NEED = {
    SupportKind.PREMISES: (OfferKind.PREMISES, [Mode.LOAN, Mode.PARTNERSHIP]),
    SupportKind.STAFF: (OfferKind.VOLUNTEERING, [Mode.MECENAT_COMPETENCES, Mode.PRO_BONO, Mode.PARTNERSHIP]),
    SupportKind.EQUIPMENT: (OfferKind.EQUIPMENT, [Mode.LOAN, Mode.DONATION]),
    SupportKind.SERVICES: (OfferKind.SKILL, [Mode.MECENAT_COMPETENCES, Mode.PRO_BONO, Mode.PARTNERSHIP]),
    SupportKind.MONEY: (OfferKind.FUNDING, [Mode.DONATION, Mode.PARTNERSHIP]),
}
