"""The organisation itself."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coexist.common.freshness import COLUMNS, Confirmable
from coexist.common.history import DERIVED, History
from coexist.common.labels import label_of
from coexist.common.language.index import IndexedText, nearest_index
from coexist.common.search import search_vector
from coexist.common.uploads.fields import CleanImageField
from coexist.common.uploads.shelves import file_url

from ..enums import ActorKind, ActorSize, ActorState, RegistrationKind
from ..querysets import ActorQuerySet
from ..registration import shown
from .fields import derived_array, language_array, territory_array, theme_array


class Actor(Confirmable, IndexedText):
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
    logo = CleanImageField(_("logo"), upload_to="logos/", blank=True)
    size = models.CharField(_("taille"), max_length=10, choices=ActorSize, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    city = models.CharField(_("ville"), max_length=100, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    country = CountryField(verbose_name=_("pays"), default="FR")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    position_is_chosen = models.BooleanField(
        _("position choisie"), default=False, help_text=_("Vrai : un membre l'a placée ; sinon elle suit l'adresse.")
    )
    territories = territory_array()
    themes = theme_array()
    languages = language_array()
    website = models.URLField(_("site web"), blank=True)
    donation_url = models.URLField(_("page de don"), blank=True)
    registration_kind = models.CharField(_("registre"), max_length=10, choices=RegistrationKind, blank=True)
    registration_number = models.CharField(_("numéro d'immatriculation"), max_length=20, blank=True, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("créé par")
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="actors", verbose_name=_("membres")
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    approved_at = models.DateTimeField(_("validé le"), null=True, blank=True)
    confirm_every = models.PositiveSmallIntegerField(
        _("confirmer tous les"), default=6, validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("En mois. Nous vous écrivons alors pour demander si le profil et les besoins sont encore justes."),
    )  # fmt: skip
    # For animators.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("suivi par")
    )
    snoozed_until = models.DateField(_("mis de côté jusqu'au"), null=True, blank=True)
    approved_version = models.JSONField(_("version validée"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(
        _("modifié depuis la validation"), null=True, blank=True, editable=False,
        help_text=_("Vide : le profil est celui que l'équipe d'animation a vu."),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("fusionné avec")
    )
    # Derived, for lists of any length: what its offers are, and all territories around its own.
    offer_kinds = derived_array(_("natures de ses offres"), models.CharField(max_length=15))
    offer_modes = derived_array(_("modalités de ses offres"), models.CharField(max_length=20))
    offer_skills = derived_array(_("compétences de ses offres"), models.BigIntegerField())
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    name_key = models.GeneratedField(
        expression=Func(F("name"), function="coexist_plain"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=search_vector(name="A", acronym="A", summary="B", city="C", description="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    answer: Any = None  # to a search, on its page: actors/directory/answers.py
    card_offers: list[Any]  # of rows `with_card_data`

    objects = ActorQuerySet.as_manager()
    history = History(
        _("historique des acteurs"),
        leave_out=(
            *DERIVED,
            *COLUMNS,
            "name_key",
            "offer_kinds",
            "offer_modes",
            "offer_skills",
            "reach",
            "approved_version",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("acteur")
        verbose_name_plural = _("acteurs")
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["search"], name="actor_search"),
            GinIndex(fields=["themes"], name="actor_themes"),
            GinIndex(fields=["territories"], name="actor_territories"),
            models.Index(fields=["state", "kind"], name="actor_state_kind"),
            models.Index(fields=["state", "name_key"], name="actor_state_name"),
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="actor_name_trigrams"),
            GinIndex(fields=["offer_kinds"], name="actor_offer_kinds"),
            GinIndex(fields=["offer_modes"], name="actor_offer_modes"),
            GinIndex(fields=["offer_skills"], name="actor_offer_skills"),
            GinIndex(fields=["reach"], name="actor_reach"),
            # By which duplicates are found.
            models.Index(Func(F("acronym"), function="coexist_plain"), name="actor_plain_acronym"),
            models.Index(Left(Func(F("registration_number"), function="coexist_number"), 9), name="actor_number"),
            models.Index(Func(F("website"), function="coexist_domain"), name="actor_website_domain"),
            models.Index(fields=["name_key"], name="actor_name"),
            GinIndex(fields=["stems"], name="actor_stems"),
            models.Index(fields=["state", "-confirmed_at"], name="actor_state_confirmed"),
            models.Index(fields=["state", "is_stale", "name_key"], name="actor_state_stale_name"),
            models.Index(fields=["approved_at"], name="actor_approved_at"),
            nearest_index("actor_nearest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor-detail", args=[self.slug])

    @property
    def logo_url(self) -> str:
        """Address of the logo on this site; "" without one."""
        return file_url(self.logo.name)

    @property
    def registration(self) -> str:
        """The number as its register writes it."""
        return shown(self.registration_kind, self.registration_number)

    @property
    def is_approved(self) -> bool:
        return self.state == ActorState.APPROVED

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(ActorKind, self.kind)

    @property
    def passage(self) -> str:
        titles = ". ".join(offer.title for offer in self.offers.all())
        return f"{self.name}. {self.summary} {titles}"
