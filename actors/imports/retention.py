"""How long what came in a sheet is kept; its origin, the notice and an objection stay with the actor as proof."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from ..models import Membership
from .enums import WORKING
from .models import ImportFile, ImportLine, ImportRun, Provenance
from .objections import erase_contact

FILES_FOR = 90  # days
UNCLAIMED_FOR = timedelta(days=365)


def _old_files() -> QuerySet[ImportFile]:
    """Of imports that ended, or that nobody went on with."""
    limit = days_ago(FILES_FOR)
    ended = Q(run__finished_at__lt=limit) | Q(run__finished_at=None, run__worked_at__lt=limit)
    return ImportFile.objects.filter(ended).exclude(run__state__in=WORKING)


def _forget_files(files: QuerySet[ImportFile]) -> None:
    """The import stays as a line of the list; what stood in the file goes."""
    runs = ImportRun.objects.filter(pk__in=list(files.values_list("run", flat=True)))
    ImportLine.objects.filter(run__in=runs).update(raw=[], values={}, keys=[], candidates=[])
    files.delete()


def _silent() -> QuerySet[Provenance]:
    claimed = Exists(Membership.objects.filter(actor=OuterRef("actor")))
    told = Provenance.objects.filter(
        ~claimed, told_at__lt=days_ago(UNCLAIMED_FOR.days), erased_at=None, objected_at=None
    )
    return told.exclude(personal=[])


def _forget_contacts(provenances: QuerySet[Provenance]) -> None:
    for provenance in provenances.select_related("actor"):
        erase_contact(provenance)


register_rule(
    RetentionRule(
        "import_files",
        what=_("Fichiers d'import d'acteurs et leurs lignes"),
        period=_("90 jours après la fin de l'import, ou après sa dernière étape"),
        action=_("le fichier et les lignes sont effacés ; la trace de l'import reste"),
        why=_("corriger une erreur de l'import"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=_old_files,
        apply=_forget_files,
    )
)
register_rule(
    RetentionRule(
        "imported_contacts",
        what=_("Contact reçu par un import, dont personne n'a repris la fiche"),
        period=_("365 jours après le message d'information"),
        action=_("nom, adresse et téléphone sont effacés, la fiche reste"),
        why=_("personne n'a répondu : plus rien ne justifie de les garder"),
        source=_("RGPD, art. 5(1)(e) et 14"),
        rows=_silent,
        apply=_forget_contacts,
    )
)
