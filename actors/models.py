"""Organisations, the people who act for them, and what they offer."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coexist.common.language.index import IndexedText
from coexist.common.search import search_vector
from coexist.common.themes import Theme

from .enums import ActorKind, ActorState, Language, Mode, OfferKind, Role
from .people import User
from .querysets import ActorQuerySet, MembershipQuerySet, OfferQuerySet
from .skills.models import Skill

__all__ = ["Actor", "ActorDecision", "Membership", "Offer", "Skill", "User"]


def theme_array() -> ArrayField:
    """Themes (SDG numbers) kept as an array: one row, one index, no join."""
    number = models.PositiveSmallIntegerField(choices=Theme, validators=[MinValueValidator(1), MaxValueValidator(17)])
    return ArrayField(number, verbose_name=_("thèmes (ODD)"), default=list, blank=True)


def territory_array() -> ArrayField:
    return ArrayField(models.CharField(max_length=6), verbose_name=_("territoires"), default=list, blank=True)


def language_array() -> ArrayField:
    code = models.CharField(max_length=3, choices=Language)
    return ArrayField(code, verbose_name=_("langues de travail"), default=list, blank=True)


def mode_array(verbose_name: Any) -> ArrayField:
    code = models.CharField(max_length=20, choices=Mode)
    return ArrayField(code, verbose_name=verbose_name, default=list, blank=True)


class Actor(IndexedText):
    """An organisation of the network, from its first draft to its approval and after."""

    name = models.CharField(_("nom"), max_length=150)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    kind = models.CharField(_("type"), max_length=30, choices=ActorKind)
    state = models.CharField(_("état"), max_length=15, choices=ActorState, default=ActorState.DRAFT)
    summary = models.CharField(
        _("en une phrase"), max_length=280, blank=True, help_text=_("Ce que vous faites, pour qui, où.")
    )
    description = models.TextField(_("présentation"), max_length=6000, blank=True)
    city = models.CharField(_("ville"), max_length=100, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    country = CountryField(verbose_name=_("pays"), default="FR")
    territories = territory_array()
    themes = theme_array()
    languages = language_array()
    website = models.URLField(_("site web"), blank=True)
    contact_name = models.CharField(_("personne à contacter"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail de contact"), blank=True)
    contact_phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("créé par")
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="actors", verbose_name=_("membres")
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    approved_at = models.DateTimeField(_("validé le"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmé le"), default=timezone.now)
    search = models.GeneratedField(
        expression=search_vector(name="A", acronym="A", summary="B", city="C", description="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("acteur")
        verbose_name_plural = _("acteurs")
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["search"], name="actor_search"),
            GinIndex(fields=["themes"], name="actor_themes"),
            GinIndex(fields=["territories"], name="actor_territories"),
            models.Index(fields=["state", "kind"], name="actor_state_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor-detail", args=[self.slug])

    @property
    def is_approved(self) -> bool:
        return self.state == ActorState.APPROVED

    @property
    def passage(self) -> str:
        titles = ". ".join(offer.title for offer in self.offers.all())
        return f"{self.name}. {self.summary} {titles}"


class Membership(models.Model):
    """A person acts for an actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="memberships", verbose_name=_("acteur"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("personne")
    )
    role = models.CharField(_("rôle"), max_length=10, choices=Role, default=Role.READER)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        ordering = ["actor", "user"]
        constraints = [models.UniqueConstraint(fields=["actor", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        return f"{self.user} / {self.actor} ({self.get_role_display()})"


class Offer(IndexedText):
    """What an actor can give: a free title first, skills found in it and then corrected by people."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="offers", verbose_name=_("acteur"))
    title = models.CharField(
        _("ce que vous pouvez apporter"), max_length=150, help_text=_("Par exemple : relire des statuts d'association.")
    )
    detail = models.TextField(
        _("précisions"), max_length=2000, blank=True, help_text=_("Disponibilité, conditions, ce qui est compris.")
    )
    kind = models.CharField(_("nature"), max_length=15, choices=OfferKind, default=OfferKind.SKILL)
    modes = mode_array(_("modalités"))
    skills = models.ManyToManyField(Skill, blank=True, related_name="offers", verbose_name=_("compétences"))
    available_from = models.DateField(_("disponible à partir du"), null=True, blank=True)
    available_until = models.DateField(_("jusqu'au"), null=True, blank=True)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)
    search = models.GeneratedField(
        expression=search_vector(title="A", detail="C"), output_field=SearchVectorField(), db_persist=True
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        ordering = ["pk"]
        indexes = [
            GinIndex(fields=["search"], name="offer_search"),
            GinIndex(fields=["stems"], name="offer_stems"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=models.F("available_from")),
                name="offer_dates_in_order",
                violation_error_message=_("La fin ne peut pas être avant le début."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def passage(self) -> str:
        return f"{self.title}. {self.detail}"


class ActorDecision(models.Model):
    """A change of an actor's state: who, when, why. Written with the change, never edited."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="decisions", verbose_name=_("acteur"))
    state = models.CharField(_("nouvel état"), max_length=15, choices=ActorState)
    reason = models.TextField(_("motif"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor} : {self.get_state_display()}"
