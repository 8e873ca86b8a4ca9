"""How long what was written about a partnership is kept."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, register_rule

from .models import Agreement, Document, Note, Partnership, Signatory
from .stages import ENDED

KEPT = timedelta(days=5 * 365)


def _over() -> QuerySet:
    return Partnership.objects.filter(stage__in=ENDED, stage_since__lt=timezone.now() - KEPT)


register_rule(
    RetentionRule(
        "partnership_notes",
        what=_("Notes des partenariats"),
        period=_("5 ans après la fin du partenariat"),
        action=_("les notes sont supprimées ; le partenariat, ses étapes et ses acteurs restent"),
        why=_("suivre un partenariat, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: Note.objects.filter(partnership__in=_over()),
        apply=lambda notes: notes.delete(),
    )
)
register_rule(
    RetentionRule(
        "partnership_documents",
        what=_("Documents déposés dans un partenariat"),
        period=_("5 ans après la fin du partenariat"),
        action=_("la ligne est supprimée, puis le fichier la nuit suivante"),
        why=_("suivre un partenariat, et prouver ce qui a été convenu"),
        source=_("Code civil, art. 2224 : prescription de 5 ans"),
        rows=lambda: Document.objects.filter(partnership__in=_over()),
        apply=lambda documents: documents.delete(),
    )
)
register_rule(
    RetentionRule(
        "signatories",
        what=_("Conventions : nom et qualité des signataires"),
        period=_("10 ans après la fin du partenariat"),
        action=_("la ligne est supprimée ; l'objet, le montant et les dates restent"),
        why=_("prouver qui a engagé les parties ; conserver les pièces justificatives d'un don"),
        source=_("Code civil, art. 2224 ; Code de commerce, art. L123-22 : 10 ans pour les pièces comptables"),
        rows=lambda: Signatory.objects.filter(
            agreement__partnership__in=_over().filter(stage_since__lt=timezone.now() - 2 * KEPT)
        ),
        apply=lambda signatories: signatories.delete(),
    )
)
register_rule(
    RetentionRule(
        "signed_agreements",
        what=_("Conventions : texte et exemplaire signé"),
        period=_("10 ans après la fin du partenariat"),
        action=_("le texte est effacé, le fichier supprimé la nuit suivante"),
        why=_("prouver ce qui a été convenu ; conserver les pièces justificatives d'un don"),
        source=_("Code de commerce, art. L123-22 : 10 ans pour les pièces comptables"),
        rows=lambda: Agreement.objects.filter(
            partnership__in=_over().filter(stage_since__lt=timezone.now() - 2 * KEPT)
        ).exclude(text="", signed_file=""),
        apply=lambda agreements: agreements.update(text="", signed_file=""),
    )
)
