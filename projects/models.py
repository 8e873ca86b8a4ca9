"""A project and what it needs."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.enums import OfferKind
from actors.models import Actor, Skill, derived_array, language_array, mode_array, territory_array, theme_array
from coexist.common.freshness import COLUMNS, Confirmable
from coexist.common.history import DERIVED, History
from coexist.common.labels import label_of
from coexist.common.language.index import IndexedText, nearest_index
from coexist.common.language.text import sentences
from coexist.common.search import search_vector

from .enums import NeedState, ProjectState, Stage
from .freshness.models import Nudge
from .querysets import PUBLIC_PROJECTS, NeedQuerySet, ProjectQuerySet

__all__ = ["Need", "Nudge", "Project"]


class Project(IndexedText):
    lead = models.ForeignKey(Actor, models.CASCADE, related_name="projects", verbose_name=_("porté par"))
    title = models.CharField(_("titre du projet"), max_length=150)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    summary = models.CharField(
        _("en une ou deux phrases"), max_length=280, blank=True, help_text=_("Pour qui, où, et ce qui doit changer.")
    )
    description = models.TextField(_("présentation"), max_length=6000, blank=True)
    stage = models.CharField(_("avancement"), max_length=25, choices=Stage, default=Stage.LOOKING_FOR_PARTNERS)
    state = models.CharField(_("état"), max_length=12, choices=ProjectState, default=ProjectState.DRAFT)
    themes = theme_array()
    territories = territory_array()
    languages = language_array()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("créé par")
    )
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    title_key = models.GeneratedField(
        expression=Func(F("title"), function="coexist_plain"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=search_vector(title="A", summary="B", description="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProjectQuerySet.as_manager()
    history = History(_("historique des projets"), leave_out=(*DERIVED, "reach", "title_key", "form_key", "updated_at"))

    class Meta:
        verbose_name = _("projet")
        verbose_name_plural = _("projets")
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="project_search"),
            GinIndex(OpClass(F("title_key"), name="gin_trgm_ops"), name="project_title_trigrams"),
            GinIndex(fields=["themes"], name="project_themes"),
            GinIndex(fields=["territories"], name="project_territories"),
            GinIndex(fields=["reach"], name="project_reach"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project-detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """As ProjectQuerySet.public() has it, for one project whose lead is at hand."""
        return self.state in PUBLIC_PROJECTS and self.lead.is_approved

    def get_stage_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Stage, self.stage)

    @property
    def passage(self) -> str:
        return sentences(self.title, self.summary)


class Need(Confirmable, IndexedText):
    """What a project looks for: the same kinds and modes as an offer, with dates and quantity."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="needs", verbose_name=_("projet"))
    title = models.CharField(
        _("ce que vous cherchez"), max_length=150, help_text=_("Par exemple : quelqu'un pour relire nos statuts.")
    )
    detail = models.TextField(
        _("précisions"), max_length=3000, blank=True,
        help_text=_("Ce qu'il faudra faire, avec qui, combien de temps cela peut prendre."),
    )  # fmt: skip
    kind = models.CharField(_("nature"), max_length=15, choices=OfferKind, default=OfferKind.SKILL)
    modes = mode_array(_("modalités acceptées"))
    skills = models.ManyToManyField(Skill, blank=True, related_name="needs", verbose_name=_("compétences"))
    quantity = models.CharField(
        _("combien"), max_length=80, blank=True, help_text=_("10 jours, 2 personnes, 40 chaises…")
    )
    starts_on = models.DateField(_("à partir du"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=NeedState, default=NeedState.DRAFT)
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    # Derived, for lists of any length: its skills with their domains, its title as one compares it.
    skill_keys = derived_array(_("compétences et leurs domaines"), models.BigIntegerField())
    title_key = models.GeneratedField(
        expression=Func(F("title"), function="coexist_plain"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=search_vector(title="A", detail="C"), output_field=SearchVectorField(), db_persist=True
    )

    objects = NeedQuerySet.as_manager()
    history = History(
        _("historique des besoins"), leave_out=(*DERIVED, *COLUMNS, "skill_keys", "title_key", "form_key", "updated_at")
    )

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="need_search"),
            models.Index(fields=["state", "-published_at"]),
            GinIndex(OpClass(F("title_key"), name="gin_trgm_ops"), name="need_title_trigrams"),
            GinIndex(fields=["stems"], name="need_stems"),
            GinIndex(fields=["skill_keys"], name="need_skill_keys"),
            nearest_index("need_nearest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="need_dates_in_order",
                violation_error_message=_("La fin ne peut pas être avant le début."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("need-detail", args=[self.pk])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(OfferKind, self.kind)

    @property
    def passage(self) -> str:
        return sentences(self.title, self.detail)

    @property
    def is_open(self) -> bool:
        """Same rule as NeedQuerySet.open, which decides."""
        return type(self).objects.open().filter(pk=self.pk).exists()
