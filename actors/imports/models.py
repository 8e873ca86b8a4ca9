"""An import is rows before it is actions: the file, its lines, what was found wrong, what was chosen."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ActorKind, ActorState
from ..models import Actor
from .contact import address_of
from .enums import Decision, LineState, RunState
from .querysets import TELL_WITHIN, ImportLineQuerySet, ImportRunQuerySet, ProvenanceQuerySet


def nothing_mapped() -> dict:
    return {}


class ImportRun(models.Model):
    """One spreadsheet, from its upload to its last line."""

    form_key = models.UUIDField(_("clé du formulaire"), default=uuid4, unique=True, editable=False)
    file_name = models.CharField(_("fichier"), max_length=200)
    file_note = models.CharField(_("lecture du fichier"), max_length=200, blank=True)
    source = models.CharField(
        _("origine des données"), max_length=200,
        help_text=_("Par exemple : liste des membres de la CSI. Les personnes citées dans le fichier la liront."),
    )  # fmt: skip
    obtained_on = models.DateField(
        _("données reçues le"), default=timezone.localdate,
        help_text=_("Les personnes citées doivent être informées dans le mois qui suit."),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=10, choices=RunState, default=RunState.MAPPING)
    headings = ArrayField(models.CharField(max_length=200, blank=True), verbose_name=_("titres des colonnes"))
    mapping = models.JSONField(_("correspondance"), default=nothing_mapped)  # code of a column -> place in the file
    default_kind = models.CharField(_("type par défaut"), max_length=30, choices=ActorKind, blank=True)
    new_state = models.CharField(
        _("état des acteurs créés"), max_length=15, default=ActorState.DRAFT,
        choices=[(ActorState.DRAFT, _("brouillon")), (ActorState.APPROVED, _("validé"))],
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    created_at = models.DateTimeField(_("commencé le"), auto_now_add=True)
    worked_at = models.DateTimeField(_("dernière avancée"), default=timezone.now)
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("reprises"), default=0)
    error = models.CharField(_("dernière erreur"), max_length=300, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import d'acteurs")
        verbose_name_plural = _("imports d'acteurs")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportFile(models.Model):
    """The file as it was sent; in the database, where no address leads to it, and forgotten after a while."""

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="file", verbose_name=_("import"))
    content = models.BinaryField(_("contenu"))

    class Meta:
        verbose_name = _("fichier importé")
        verbose_name_plural = _("fichiers importés")

    def __str__(self) -> str:
        return str(self.run)


class ImportLine(models.Model):
    """One line of the file: what stands in it, what is wrong with it, what became of it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("ligne"))
    raw = models.JSONField(_("tel que dans le fichier"), default=list)
    values = models.JSONField(_("valeurs lues"), default=dict)
    problems = models.JSONField(_("problèmes"), default=list, blank=True)  # {"column", "code", "params"}
    is_blocked = models.BooleanField(_("à corriger"), default=False)
    keys = ArrayField(models.CharField(max_length=200), verbose_name=_("clés de comparaison"), default=list, blank=True)
    same_as = models.PositiveIntegerField(_("comme la ligne"), null=True, blank=True)
    candidates = models.JSONField(_("acteurs ressemblants"), default=list, blank=True)  # {"actor", "reasons"}
    decision = models.CharField(_("choix"), max_length=10, choices=Decision, blank=True)
    target = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("acteur à compléter")
    )
    state = models.CharField(_("état"), max_length=10, choices=LineState, default=LineState.NEW)
    actor = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="import_lines", verbose_name=_("acteur")
    )
    filled = ArrayField(models.CharField(max_length=30), verbose_name=_("champs remplis"), default=list, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne importée")
        verbose_name_plural = _("lignes importées")
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_line_per_number")]
        indexes = [models.Index(fields=["run", "state"], name="import_line_state")]

    def __str__(self) -> str:
        return f"{self.run} : {self.number}"


class Provenance(models.Model):
    """Where an actor's data came from, when they were not given by the people themselves (RGPD, art. 14)."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="provenances", verbose_name=_("acteur"))
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, blank=True, related_name="provenances", verbose_name=_("import")
    )
    source = models.CharField(_("origine des données"), max_length=200)
    obtained_on = models.DateField(_("données reçues le"))
    is_new = models.BooleanField(_("acteur créé par l'import"), default=True)
    personal = ArrayField(
        models.CharField(max_length=30), verbose_name=_("données personnelles reçues"), default=list, blank=True
    )
    told_at = models.DateTimeField(_("personne informée le"), null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    objected_at = models.DateTimeField(_("opposition le"), null=True, blank=True)
    erased_at = models.DateTimeField(_("contact effacé le"), null=True, blank=True)
    created_at = models.DateTimeField(_("importé le"), auto_now_add=True)

    objects = ProvenanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acteur importé")
        verbose_name_plural = _("acteurs importés")
        ordering = ["obtained_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "run"], name="one_provenance_per_import")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.source})"

    @property
    def address(self) -> str:
        return address_of(self.actor)

    @property
    def tell_before(self) -> date:
        return self.obtained_on + TELL_WITHIN
