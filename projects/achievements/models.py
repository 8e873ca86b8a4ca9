"""One achievement for each completed partnership: a story in common, and what each side adds to it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import ActorKind, OfferKind
from actors.models import Actor, derived_array, territory_array, theme_array
from coexist.common.history import DERIVED, History
from coexist.common.labels import label_of
from coexist.common.search import search_vector
from coexist.common.uploads.fields import CleanImageField
from coexist.common.uploads.shelves import file_url
from projects.following.agreements.enums import Currency
from projects.following.models import Partnership, person

from .enums import WRITABLE, AchievementState, Consent, Event, ShownPeople
from .querysets import AchievementQuerySet, AppraisalQuerySet, OfAchievement

COPIES = ("reach", "actor_kinds", "actor_names", "cover")


class Achievement(models.Model):
    """What everybody reads, and where it stands. `version` grows with each change of what the page shows."""

    partnership = models.OneToOneField(
        Partnership, models.CASCADE, related_name="achievement", verbose_name=_("partenariat")
    )
    title = models.CharField(_("titre"), max_length=150)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    summary = models.CharField(
        _("en une ou deux phrases"), max_length=280, blank=True, help_text=_("Ce qui a changé, pour qui, où.")
    )
    done = models.TextField(_("ce qui a été fait"), max_length=6000, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=15, choices=OfferKind), verbose_name=_("ce qui a été apporté"), default=list,
        blank=True,
    )  # fmt: skip
    themes = theme_array()
    territories = territory_array()
    people_reached = models.PositiveIntegerField(_("personnes touchées"), null=True, blank=True)
    days_given = models.DecimalField(
        _("jours donnés"), max_digits=8, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    amount = models.DecimalField(
        _("montant"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))], help_text=_("Argent, ou valeur de ce qui a été donné."),
    )  # fmt: skip
    currency = models.CharField(_("monnaie"), max_length=3, choices=Currency, default=Currency.EUR)
    year = models.PositiveSmallIntegerField(_("année"))
    state = models.CharField(_("état"), max_length=15, choices=AchievementState, default=AchievementState.DRAFT)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now)
    why = models.TextField(_("motif de l'équipe d'animation"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    created_at = models.DateTimeField(_("ouverte le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)
    # Derived, so that lists filter and cards show without a join: derived.py.
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    actor_kinds = derived_array(_("types d'acteurs"), models.CharField(max_length=30, choices=ActorKind))
    actor_names = models.TextField(_("noms des acteurs"), blank=True, editable=False)
    cover = models.CharField(_("première photo"), max_length=100, blank=True, editable=False)
    search = models.GeneratedField(
        expression=search_vector(title="A", actor_names="B", summary="B", done="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AchievementQuerySet.as_manager()
    history = History(_("historique des réalisations"), leave_out=(*DERIVED, *COPIES, "changed_at"))

    class Meta:
        verbose_name = _("réalisation")
        verbose_name_plural = _("réalisations")
        ordering = ["-published_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="achievement_search"),
            models.Index(fields=["state", "-published_at"], name="achievement_state_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("achievement-detail", args=[self.slug])

    @property
    def desk_url(self) -> str:
        """Where the sides write and consent."""
        return reverse("achievement-desk", args=[self.partnership_id])

    @property
    def cover_url(self) -> str:
        return file_url(self.cover)

    @property
    def kind_labels(self) -> list[str]:
        return [label_of(OfferKind, code) for code in self.kinds]

    @property
    def whole_days(self) -> int:
        """What a plural is told by: French says 1,5 jour."""
        return int(self.days_given or 0)

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_told(self) -> bool:
        """Enough to be read by somebody who knows nothing of it."""
        return bool(self.title and self.summary and self.done)


class Contribution(models.Model):
    """One side's part: its words, its consent. Its pictures and its private grade are rows of their own."""

    achievement = models.ForeignKey(
        Achievement, models.CASCADE, related_name="contributions", verbose_name=_("réalisation")
    )
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="contributions", verbose_name=_("acteur"))
    quotation = models.TextField(
        _("témoignage"), max_length=600, blank=True, help_text=_("Ce que vous en retenez, en deux ou trois phrases.")
    )
    quotation_author = models.CharField(_("qui le dit"), max_length=100, blank=True)
    quotation_role = models.CharField(_("sa fonction"), max_length=120, blank=True)
    consent = models.CharField(_("accord"), max_length=3, choices=Consent, default=Consent.NONE, blank=True)
    consent_version = models.PositiveIntegerField(_("version acceptée"), null=True, blank=True)
    consent_by = person(_("accord dit par"))
    consent_at = models.DateTimeField(_("accord dit le"), null=True, blank=True)
    asked_at = models.DateTimeField(_("sollicitée le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("relancée le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("a répondu le"), null=True, blank=True)

    objects = OfAchievement.as_manager()

    class Meta:
        verbose_name = _("contribution à une réalisation")
        verbose_name_plural = _("contributions à des réalisations")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["achievement", "actor"], name="one_contribution_for_each_side")]

    def __str__(self) -> str:
        return str(self.actor)

    def agrees_to(self, version: int) -> bool:
        return self.consent == Consent.YES and self.consent_version == version


class Picture(models.Model):
    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="pictures", verbose_name=_("réalisation"))
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="pictures", verbose_name=_("contribution")
    )
    image = CleanImageField(_("photo"), upload_to="realisations/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(_("largeur"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("hauteur"), null=True, blank=True, editable=False)
    alternative = models.CharField(
        _("ce que montre la photo"), max_length=250, help_text=_("Lu à qui ne la voit pas, et par les moteurs.")
    )
    credit = models.CharField(_("crédit"), max_length=120, help_text=_("Qui l'a prise : « Awa Diop », « © Ville »."))
    people = models.CharField(_("personnes visibles"), max_length=10, choices=ShownPeople)
    by = person(_("déposée par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    at = models.DateTimeField(_("déposée le"), auto_now_add=True)

    objects = OfAchievement.as_manager()

    class Meta:
        verbose_name = _("photo de réalisation")
        verbose_name_plural = _("photos de réalisations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alternative[:60]

    @property
    def url(self) -> str:
        return file_url(self.image.name)


class Appraisal(models.Model):
    """What one side thinks of the partnership, in private: a row of its own, which no public page ever reads."""

    achievement = models.ForeignKey(
        Achievement, models.CASCADE, related_name="appraisals", verbose_name=_("réalisation")
    )
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="appraisals", verbose_name=_("acteur"))
    grade = models.PositiveSmallIntegerField(_("note"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.TextField(_("commentaire"), max_length=2000, blank=True)
    by = person(_("donné par"))
    at = models.DateTimeField(_("donné le"), auto_now=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("avis privé")
        verbose_name_plural = _("avis privés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["achievement", "actor"], name="one_appraisal_for_each_side"),
            models.CheckConstraint(condition=models.Q(grade__range=(1, 5)), name="grade_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} : {self.grade}"


class AchievementChange(models.Model):
    """History: who did what, when, and the state that followed. Never a word of an appraisal."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="changes", verbose_name=_("réalisation"))
    contribution = models.ForeignKey(
        Contribution, models.SET_NULL, null=True, blank=True, related_name="changes", verbose_name=_("pour")
    )
    what = models.CharField(_("quoi"), max_length=20, choices=Event)
    before = models.CharField(_("de"), max_length=15, choices=AchievementState, blank=True)
    after = models.CharField(_("à"), max_length=15, choices=AchievementState)
    version = models.PositiveIntegerField(_("version"))
    why = models.TextField(_("parce que"), max_length=2000, blank=True)
    by = person(_("par"))
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("changement d'une réalisation")
        verbose_name_plural = _("changements de réalisations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.achievement} : {self.get_what_display()}"
