"""A resource of the médiathèque, its files in each of their versions, and the text of their pages."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import Language
from actors.models import Actor, Offer, Skill, derived_array, language_array, person_key, territory_array, theme_array
from coexist.common.history import DERIVED, History
from coexist.common.labels import label_of
from coexist.common.language.index import IndexedText, nearest_index
from coexist.common.language.text import sentences
from coexist.common.search import search_vector
from coexist.common.uploads.fields import CleanImageField
from coexist.common.uploads.shelves import file_url

from .collections.models import Collection, CollectionStep
from .enums import (
    KIND_ICONS,
    LENT,
    LICENCE_URLS,
    Audience,
    Extraction,
    FileKind,
    Format,
    Licence,
    Problem,
    ResourceKind,
    ResourceState,
)  # fmt: skip
from .language import in_its_language
from .loans.models import LoanRequest, LoanStep
from .querysets import ResourceFileQuerySet, ResourcePageQuerySet, ResourceQuerySet
from .search.models import FileWords, KnownStem

__all__ = [
    "Collection", "CollectionStep", "DownloadCount", "FileWords", "KnownStem", "LoanRequest", "LoanStep", "Resource",
    "ResourceFile", "ResourcePage",
]  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100
COPIES = ("skill_keys", "reach", "formats", "thumbnail", "headings")


class Resource(IndexedText):
    """What is described and published. Its content is in `ResourceFile`, or behind `link`."""

    publisher = models.ForeignKey(Actor, models.CASCADE, related_name="resources", verbose_name=_("publiée par"))
    title = models.CharField(_("titre"), max_length=200)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    kind = models.CharField(_("type"), max_length=12, choices=ResourceKind)
    state = models.CharField(_("état"), max_length=10, choices=ResourceState, default=ResourceState.DRAFT)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now)
    summary = models.CharField(
        _("en une ou deux phrases"), max_length=300, help_text=_("Ce qu'on y trouve, à quoi cela sert.")
    )
    description = models.TextField(_("présentation"), max_length=6000, blank=True)
    authors = models.CharField(
        _("auteurs"), max_length=300, blank=True, help_text=_("Personnes ou structures, séparées par des virgules.")
    )
    year = models.PositiveSmallIntegerField(
        _("année"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    languages = language_array()
    themes = theme_array()
    territories = territory_array()
    skills = models.ManyToManyField(Skill, blank=True, related_name="resources", verbose_name=_("compétences"))
    audiences = ArrayField(
        models.CharField(max_length=15, choices=Audience), verbose_name=_("public"), default=list, blank=True
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.FREE_TO_READ)
    link = models.URLField(
        _("lien"), max_length=500, blank=True,
        help_text=_("La page où elle se trouve, ou une vidéo sur PeerTube, YouTube ou Vimeo."),
    )  # fmt: skip
    transcript = models.TextField(
        _("transcription"), max_length=200_000, blank=True,
        help_text=_("Ce qui est dit dans la vidéo ou le son, pour qui n'entend pas."),
    )  # fmt: skip
    loan = models.TextField(
        _("conditions de prêt"), max_length=2000, blank=True,
        help_text=_("Pour une exposition ou du matériel : format, transport, assurance, caution."),
    )  # fmt: skip
    offer = models.OneToOneField(
        Offer, models.SET_NULL, null=True, blank=True, editable=False, related_name="resource",
        verbose_name=_("offre de prêt"), help_text=_("Tenue à jour par loans/offers.py."),
    )  # fmt: skip
    image = CleanImageField(_("image"), upload_to="couvertures/", blank=True)
    image_alt = models.CharField(_("ce que montre l'image"), max_length=200, blank=True)
    # Moderation
    why = models.TextField(_("motif de l'équipe d'animation"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    changed_at = models.DateTimeField(
        _("modifiée depuis la publication"), null=True, blank=True, editable=False,
        help_text=_("Vide : telle que l'équipe d'animation l'a lue."),
    )  # fmt: skip
    submitted_by = person_key(_("soumise par"))
    created_by = person_key(_("créée par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("enregistrée le"), auto_now=True)
    # Derived (derived.py), so that lists filter and cards show without a join
    skill_keys = derived_array(_("compétences et domaines"), models.BigIntegerField())
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    formats = derived_array(_("formats"), models.CharField(max_length=10, choices=Format))
    thumbnail = models.CharField(_("vignette"), max_length=100, blank=True, editable=False)
    headings = models.TextField(_("intertitres"), blank=True, editable=False)
    title_key = models.GeneratedField(
        expression=Func(F("title"), function="coexist_plain"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=search_vector(title="A", summary="B", authors="C", description="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    said = models.GeneratedField(
        expression=in_its_language("transcript", Q(languages__0="en")), output_field=SearchVectorField(),
        db_persist=True,
    )  # fmt: skip

    objects = ResourceQuerySet.as_manager()
    history = History(
        _("historique des ressources"),
        leave_out=(*DERIVED, *COPIES, "title_key", "said", "offer", "form_key", "updated_at"),
    )

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ["-published_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="resource_search"),
            GinIndex(fields=["themes"], name="resource_themes"),
            GinIndex(fields=["reach"], name="resource_reach"),
            GinIndex(fields=["skill_keys"], name="resource_skills"),
            GinIndex(fields=["said"], name="resource_said"),
            GinIndex(fields=["stems"], name="resource_stems"),
            GinIndex(OpClass(F("title_key"), name="gin_trgm_ops"), name="resource_title_trigrams"),
            nearest_index("resource_nearest"),
            models.Index(fields=["state", "-published_at"], name="resource_state_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resource-detail", args=[self.slug])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(ResourceKind, self.kind)

    def get_licence_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Licence, self.licence)

    @property
    def passage(self) -> str:
        """What its vector is made of; the encoder reads the beginning."""
        return sentences(self.title, self.summary, self.headings)

    @property
    def licence_url(self) -> str:
        return LICENCE_URLS.get(Licence(self.licence), "") if self.licence in Licence else ""

    @property
    def is_public(self) -> bool:
        """As ResourceQuerySet.public() has it, for one resource whose publisher is at hand."""
        return self.state == ResourceState.PUBLISHED and self.publisher.is_approved

    @property
    def is_lent(self) -> bool:
        """As querysets.lent_resource() has it, for one resource at hand."""
        return self.kind in LENT and bool(self.loan)

    @property
    def cover_url(self) -> str:
        """Its own image, else the first page of its first file."""
        return file_url(self.image.name or self.thumbnail)

    @property
    def kind_icon(self) -> str:
        """Where there is no cover."""
        return KIND_ICONS[ResourceKind(self.kind)]

    @property
    def language_names(self) -> list[str]:
        return [label_of(Language, code) for code in self.languages]

    @property
    def audience_names(self) -> list[str]:
        return [label_of(Audience, code) for code in self.audiences]

    @property
    def format_names(self) -> list[str]:
        return [label_of(Format, code) for code in self.formats]


class ResourceFile(models.Model):
    """One version of one file. Versions of the same file share `position`; the highest `version` is the latest."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="files", verbose_name=_("ressource"))
    position = models.PositiveSmallIntegerField(_("place"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    is_latest = models.BooleanField(_("dernière version"), default=True)
    video = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="subtitles", verbose_name=_("sous-titres de")
    )
    label = models.CharField(
        _("intitulé"), max_length=120, blank=True, help_text=_("Par exemple : « Synthèse », « Annexes ».")
    )
    language = models.CharField(_("langue"), max_length=3, choices=Language, blank=True)
    # What it is: by its first bytes (sniffing.py)
    file = models.FileField(_("fichier"), upload_to="mediatheque/")
    name = models.CharField(_("nom du fichier"), max_length=150)
    kind = models.CharField(_("genre"), max_length=10, choices=FileKind)
    ending = models.CharField(_("extension"), max_length=5)
    size = models.PositiveBigIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    uploaded_by = person_key(_("envoyé par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    at = models.DateTimeField(_("envoyé le"), auto_now_add=True)
    # What the worker found (extraction/)
    extraction = models.CharField(_("lecture"), max_length=10, choices=Extraction, default=Extraction.WAITING)
    problem = models.CharField(_("problème"), max_length=15, choices=Problem, default=Problem.NONE, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    duration = models.PositiveIntegerField(_("durée"), null=True, blank=True, help_text=_("En secondes."))
    thumbnail = models.FileField(_("vignette"), upload_to="vignettes/", blank=True)
    has_ocr = models.BooleanField(_("texte reconnu dans des images"), default=False)
    extracted_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    lease = models.UUIDField(_("prise par un traitement"), null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(_("prise jusqu'au"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    error = models.CharField(_("erreur technique"), max_length=300, blank=True)

    # One of the same content in another resource, where a page has looked for it (uploading.same_elsewhere).
    same_as: "ResourceFile | None" = None

    objects = ResourceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier de ressource")
        verbose_name_plural = _("fichiers de ressources")
        ordering = ["resource_id", "position", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "position", "version"], name="one_file_for_each_version"),
            models.UniqueConstraint(
                fields=["resource", "position"], condition=Q(is_latest=True), name="one_latest_version"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="resource_file_sha256"),
            models.Index(
                fields=["leased_until"], condition=Q(extraction__in=["waiting", "working"]),
                name="resource_file_to_read",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def url(self) -> str:
        """Where players read it."""
        return file_url(self.file.name)

    @property
    def thumbnail_url(self) -> str:
        return file_url(self.thumbnail.name)

    @property
    def download_url(self) -> str:
        """Where people download it; counted."""
        return reverse("resource-file", args=[self.pk])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(FileKind, self.kind)

    def get_language_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Language, self.language)

    @property
    def is_read(self) -> bool:
        return self.extraction == Extraction.DONE

    @property
    def has_text(self) -> bool:
        """Whether its pages can be read as text."""
        is_document = self.kind in (FileKind.PDF, FileKind.OFFICE)
        return self.is_read and is_document and self.problem not in (Problem.NO_TEXT, Problem.NO_OCR)


class ResourcePage(models.Model):
    """The text of one page: of a PDF, a slide, a sheet; of subtitles, a few minutes; else what page breaks divide.

    Pages are searched within files that `FileWords` has found: their vectors need no index.
    """

    file = models.ForeignKey(ResourceFile, models.CASCADE, related_name="pages", verbose_name=_("fichier"))
    number = models.PositiveIntegerField(_("page"), help_text=_("À partir de 1."))
    text = models.TextField(_("texte"), blank=True)
    is_ocr = models.BooleanField(_("texte reconnu dans une image"), default=False)
    language = models.CharField(_("langue"), max_length=3, blank=True, help_text=_("Vide : lue comme du français."))
    search = models.GeneratedField(
        expression=in_its_language("text", Q(language="en")), output_field=SearchVectorField(), db_persist=True
    )

    objects = ResourcePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page de ressource")
        verbose_name_plural = _("pages de ressources")
        ordering = ["file_id", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_row_for_each_page")]

    def __str__(self) -> str:
        return f"{self.file}, p. {self.number}"


class DownloadCount(models.Model):
    """How often a resource was downloaded on one day; of the people, nothing."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="downloads", verbose_name=_("ressource"))
    day = models.DateField(_("jour"))
    number = models.PositiveIntegerField(_("téléchargements"), default=0)

    class Meta:
        verbose_name = _("téléchargements d'un jour")
        verbose_name_plural = _("téléchargements par jour")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["resource", "day"], name="one_count_for_each_day")]

    def __str__(self) -> str:
        return f"{self.resource}, {self.day:%d/%m/%Y} : {self.number}"
