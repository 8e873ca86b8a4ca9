"""Codes of conventions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    PARTNERSHIP = "partnership", _("convention de partenariat")
    SKILLS = "mecenat_competences", _("convention de mécénat de compétences")


class AgreementStatus(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    SENT = "sent", _("envoyée pour signature")
    SIGNED = "signed", _("signée")


class Foreign(models.TextChoices):
    """Whether a foreign public body signs (CGCT, art. L1115-1 and L1115-5)."""

    NONE = "", _("aucune autorité publique étrangère")
    LOCAL = "local", _("une autorité locale étrangère (commune, région, province…)")
    STATE = "state", _("un État étranger")


class Currency(models.TextChoices):
    EUR = "EUR", _("euro (EUR)")
    CHF = "CHF", _("franc suisse (CHF)")
    USD = "USD", _("dollar des États-Unis (USD)")
    XOF = "XOF", _("franc CFA, Afrique de l'Ouest (XOF)")
    XAF = "XAF", _("franc CFA, Afrique centrale (XAF)")
    MGA = "MGA", _("ariary (MGA)")


class Donor(models.TextChoices):
    """Who gives, for tax in France."""

    NONE = "", _("sans don, ou donateur non imposé en France")
    COMPANY = "company", _("une entreprise imposée en France")
    PERSON = "person", _("un particulier imposé en France")
    PERSON_AID = "person_aid", _("un particulier, pour un organisme d'aide aux personnes en difficulté")


# A draft may be taken back from the other side's desk; what is signed stays.
NEXT_STATUS = {
    AgreementStatus.DRAFT: (AgreementStatus.SENT,),
    AgreementStatus.SENT: (AgreementStatus.SIGNED, AgreementStatus.DRAFT),
    AgreementStatus.SIGNED: (),
}
