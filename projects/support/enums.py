from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportKind(models.TextChoices):
    """What the network's own pole of international action (Kaléido'Scop) offers."""

    STRATEGIC = "strategic", _("Appui stratégique")
    TECHNICAL = "technical", _("Appui technique à un projet")
    INTERCULTURAL = "intercultural", _("Formation interculturelle")
    EVENT = "event", _("Co-organisation d'un événement")
    COACHING = "coaching", _("Accompagnement de professionnels")


WHAT_IT_IS = {
    SupportKind.STRATEGIC: _("Choisir vos pays, vos partenaires, votre politique de coopération, et l'écrire."),
    SupportKind.TECHNICAL: _("Monter un budget, un dossier, un suivi ; vérifier qu'un projet tient debout."),
    SupportKind.INTERCULTURAL: _("Préparer une équipe, des jeunes ou des élus à travailler avec d'autres cultures."),
    SupportKind.EVENT: _("Préparer à deux une rencontre, un festival, une action de la Semaine."),
    SupportKind.COACHING: _("Suivre pas à pas des agents, des salariés ou des bénévoles dans leur mission."),
}


class Meeting(models.TextChoices):
    """How the asking actor would rather be met."""

    ANY = "any", _("peu importe")
    PHONE = "phone", _("par téléphone")
    REMOTE = "remote", _("en visioconférence")
    AT_OURS = "at_ours", _("chez nous")
    AT_YOURS = "at_yours", _("chez vous")


class OfferState(models.TextChoices):
    WAITING = "waiting", _("à confirmer")
    CONFIRMED = "confirmed", _("confirmé")
    REFUSED = "refused", _("refusé")
