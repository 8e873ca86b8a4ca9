"""What the engine keeps: matches with their reasons, refusals, and what is due."""

from typing import Any

import numpy as np
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from actors.models import Actor, Offer
from coexist.common.language.index import best_index
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need

from .enums import Band, Channel, RefusalReason, Subject
from .layout import OFFER, PROFILE, SIZE
from .querysets import MatchQuerySet

MOST_ATTEMPTS = 20  # of what is due; then it stays in the admin with its error


class Match(models.Model):
    """A need and an actor that may answer it; scored by run.py, told by announce.py."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="matches", verbose_name=_("besoin"))
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="matches", verbose_name=_("acteur"))
    offer = models.ForeignKey(
        Offer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("offre qui répond le mieux")
    )
    score = models.FloatField(_("score"), help_text=_("Somme des contributions, en log-odds."))
    band = models.CharField(_("niveau"), max_length=8, choices=Band)
    reasons = models.JSONField(_("raisons"), default=list)
    doubts = models.JSONField(_("doutes"), default=list)
    version = models.CharField(_("version du moteur"), max_length=40)
    is_current = models.BooleanField(
        _("actuelle"), default=True, help_text=_("Non : le besoin ou les offres ont changé depuis.")
    )
    created_at = models.DateTimeField(_("trouvée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("calculée le"), auto_now=True)
    announced_at = models.DateTimeField(_("annoncée au projet le"), null=True, blank=True)
    interested_at = models.DateTimeField(_("acteur intéressé le"), null=True, blank=True)
    solicited_at = models.DateTimeField(_("acteur sollicité le"), null=True, blank=True)
    is_quiet = models.BooleanField(
        _("silencieuse"),
        default=False,
        help_text=_("Trouvée par une nouvelle version du moteur : montrée sans e-mail."),
    )
    seen_as = models.JSONField(
        _("besoin et offres, vus comme"), default=dict, blank=True, editable=False,
        help_text=_("Ce qui, en changeant, fait reparler de la correspondance."),
    )  # fmt: skip

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondance")
        verbose_name_plural = _("correspondances")
        ordering = ["need", "-score", "actor"]
        constraints = [models.UniqueConstraint(fields=["need", "actor"], name="one_match_per_need_and_actor")]
        indexes = [models.Index(fields=["actor", "is_current", "-score"]), models.Index(fields=["solicited_at"])]

    def __str__(self) -> str:
        return f"{self.need} / {self.actor}"


class Refusal(models.Model):
    """ "Pas pour nous, parce que…": closes this need to this actor, and teaches later matching."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="refusals", verbose_name=_("besoin"))
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="refusals", verbose_name=_("acteur"))
    by_actor = models.BooleanField(
        _("refus de l'acteur"), help_text=_("Non : c'est le projet qui n'a pas retenu l'acteur.")
    )
    reason = models.CharField(_("raison"), max_length=20, choices=RefusalReason)
    text = models.TextField(_("précisions"), max_length=1000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    created_at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("refus")
        verbose_name_plural = _("refus")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["need", "actor"], name="one_refusal_per_need_and_actor")]

    def __str__(self) -> str:
        return f"{self.need} / {self.actor}"


class MatchingDue(models.Model):
    """A need or an actor to be matched. Written with the change itself; deleted when it is done."""

    subject = models.CharField(_("sujet"), max_length=5, choices=Subject)
    subject_id = models.BigIntegerField(_("clé"))
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    error = models.CharField(_("dernière erreur"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("calcul en attente")
        verbose_name_plural = _("calculs en attente")
        ordering = ["asked_at"]
        constraints = [models.UniqueConstraint(fields=["subject", "subject_id"], name="due_once")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.subject_id}"

    @classmethod
    def ask(cls, subject: Subject, row: Any) -> "MatchingDue":
        """Note that `row` must be matched; asking again moves the date, so a running job notices."""
        due, _created = cls.objects.update_or_create(
            subject=subject, subject_id=row.pk, defaults={"asked_at": timezone.now(), "attempts": 0, "error": ""}
        )
        return due


class NeedPoint(models.Model):
    """Where a need stands in the matching space (space.py). Derived."""

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="point", verbose_name=_("besoin"))
    vector = HalfVectorField(_("point"), dimensions=SIZE)
    key = models.CharField(_("clé"), max_length=64, help_text=_("Empreinte des textes et de la version du moteur."))

    class Meta:
        verbose_name = _("point d'un besoin")
        verbose_name_plural = _("points des besoins")
        indexes = [best_index("need_point_best")]

    def __str__(self) -> str:
        return str(self.need)

    @property
    def offer(self) -> np.ndarray:
        """By inner product with an offer's vector: the log-odds of its meaning."""
        return np.asarray(self.vector)[OFFER]

    @property
    def profile(self) -> np.ndarray:
        return np.asarray(self.vector)[PROFILE]


class OfferPoint(models.Model):
    """Where an offer stands in the matching space. Derived."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="point", verbose_name=_("offre"))
    vector = HalfVectorField(_("point"), dimensions=SIZE)

    class Meta:
        verbose_name = _("point d'une offre")
        verbose_name_plural = _("points des offres")
        indexes = [best_index("offer_point_best")]

    def __str__(self) -> str:
        return str(self.offer)


class Solicitation(models.Model):
    """Somebody is asked to give: one row for each need, actor and person of a mail (ledger.py)."""

    need = models.ForeignKey(
        Need, models.CASCADE, related_name="solicitations", null=True, blank=True, verbose_name=_("besoin"),
        help_text=_("Vide : une demande d'accompagnement, qui ne vient pas d'un besoin."),
    )  # fmt: skip
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="solicitations", verbose_name=_("acteur"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="solicitations", verbose_name=_("personne")
    )
    channel = models.CharField(_("canal"), max_length=10, choices=Channel)
    mail = models.ForeignKey(
        OutgoingEmail, models.CASCADE, related_name="solicitations", null=True, blank=True, verbose_name=_("message"),
        help_text=_("Vide : il attend que la semaine de la personne ait de la place."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now)

    class Meta:
        verbose_name = _("sollicitation")
        verbose_name_plural = _("sollicitations")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["need", "created_at"]), models.Index(fields=["person", "created_at"])]

    def __str__(self) -> str:
        return f"{self.need or '-'} / {self.actor} ({self.get_channel_display()})"


class LastMatching(models.Model):
    """As what a need or an actor was matched last, and by which engine: an upgrade alone tells nobody anything."""

    subject = models.CharField(_("sujet"), max_length=5, choices=Subject)
    subject_id = models.BigIntegerField(_("clé"))
    version = models.CharField(_("version du moteur"), max_length=40)
    seen_as = models.JSONField(_("vu comme"), default=dict)

    class Meta:
        verbose_name = _("dernier calcul")
        verbose_name_plural = _("derniers calculs")
        constraints = [models.UniqueConstraint(fields=["subject", "subject_id"], name="last_matching_once")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.subject_id} ({self.version})"


class StemFrequency(models.Model):
    """In how many offers a stem occurs: common words weigh less (inverse document frequency)."""

    stem = models.CharField(_("racine"), max_length=60, primary_key=True)
    offers = models.PositiveIntegerField(_("offres"))

    class Meta:
        verbose_name = _("fréquence de racine")
        verbose_name_plural = _("fréquences de racines")

    def __str__(self) -> str:
        return self.stem
