"""Codes of kinds, modes and states. They are those of the collections that measure matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    NGO = "ngo", _("Association, ONG")
    COMPANY = "company", _("Entreprise")
    COLLECTIVITE = "collectivite", _("Collectivité territoriale")
    UNIVERSITY = "university", _("Université, recherche")
    NETWORK = "network", _("Réseau")
    SCHOOL_OR_CULTURAL_VENUE = "school_or_cultural_venue", _("École, lieu culturel")
    PUBLIC_AGENCY = "public_agency", _("Agence publique")


class ActorState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("en attente de validation")
    APPROVED = "approved", _("validé")
    CHANGES_ASKED = "changes_asked", _("à compléter")
    REFUSED = "refused", _("refusé")
    SUSPENDED = "suspended", _("suspendu")
    ARCHIVED = "archived", _("archivé")


class ActorSize(models.TextChoices):
    """Paid staff, in full-time posts; the bounds from 10 on are those of Eurostat's size classes."""

    NONE = "0", _("aucun salarié")
    TO_9 = "1-9", _("1 à 9 salariés")
    TO_49 = "10-49", _("10 à 49 salariés")
    TO_249 = "50-249", _("50 à 249 salariés")
    MORE = "250+", _("250 salariés et plus")


class RegistrationKind(models.TextChoices):
    """The register that knows the organisation."""

    SIREN = "siren", _("SIREN (France)")
    SIRET = "siret", _("SIRET (France)")
    RNA = "rna", _("RNA (association française)")
    CH_UID = "ch_uid", _("IDE (Suisse)")
    OTHER = "other", _("autre registre")


class Role(models.TextChoices):
    OWNER = "owner", _("responsable")
    EDITOR = "editor", _("rédacteur")
    READER = "reader", _("lecteur")


class InvitationState(models.TextChoices):
    """Worked out from an invitation's dates, never stored."""

    OPEN = "open", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REVOKED = "revoked", _("annulée")
    EXPIRED = "expired", _("expirée")


class ClaimState(models.TextChoices):
    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")


class MembershipChange(models.TextChoices):
    """What happened to who acts for an actor."""

    INVITED = "invited", _("invitation envoyée")
    INVITED_AGAIN = "invited_again", _("invitation renvoyée")
    INVITATION_REVOKED = "revoked", _("invitation annulée")
    JOINED = "joined", _("est devenu membre")
    ROLE_CHANGED = "role_changed", _("a changé de rôle")
    REMOVED = "removed", _("a été retiré")
    LEFT = "left", _("est parti")
    CLAIMED = "claimed", _("a demandé à rejoindre")
    CLAIM_DECLINED = "claim_declined", _("demande déclinée")


class OfferKind(models.TextChoices):
    SKILL = "skill", _("Compétence")
    TRAINING = "training", _("Formation")
    PREMISES = "premises", _("Locaux")
    EQUIPMENT = "equipment", _("Matériel")
    FUNDING = "funding", _("Financement")
    VOLUNTEERING = "volunteering", _("Bénévolat")
    NETWORK = "network", _("Mise en réseau")
    DATA = "data", _("Données")


class Mode(models.TextChoices):
    MECENAT_COMPETENCES = "mecenat_competences", _("Mécénat de compétences")
    PRO_BONO = "pro_bono", _("Pro bono")
    PAID = "paid", _("Prestation payante")
    LOAN = "loan", _("Prêt")
    DONATION = "donation", _("Don")
    PARTNERSHIP = "partnership", _("Partenariat")


MODE_HELP = {
    Mode.MECENAT_COMPETENCES: _("Une entreprise met des salariés à disposition sur leur temps de travail."),
    Mode.PRO_BONO: _("Une prestation professionnelle offerte, pour un temps court."),
    Mode.PAID: _("Un devis, une facture."),
    Mode.LOAN: _("Une salle, du matériel, rendus ensuite."),
    Mode.DONATION: _("De l'argent ou du matériel donnés."),
    Mode.PARTNERSHIP: _("Chacun apporte quelque chose à un projet commun."),
}


class Language(models.TextChoices):
    """Working languages of the network; ISO 639-1."""

    FR = "fr", _("Français")
    EN = "en", _("Anglais")
    ES = "es", _("Espagnol")
    DE = "de", _("Allemand")
    IT = "it", _("Italien")
    PT = "pt", _("Portugais")
    AR = "ar", _("Arabe")
    WO = "wo", _("Wolof")
    MG = "mg", _("Malgache")
    SW = "sw", _("Swahili")
    FA = "fa", _("Persan")
    UK = "uk", _("Ukrainien")
