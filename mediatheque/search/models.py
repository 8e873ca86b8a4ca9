"""What the search reads beside the texts themselves; the worker writes it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class FileWords(models.Model):
    """The stems of a whole file, those that it uses often with a mark (`words.py`).

    One narrow row a document: which documents speak of something is asked of the index alone, whatever their length.
    """

    file = models.OneToOneField(
        "mediatheque.resourcefile", models.CASCADE, primary_key=True, related_name="words", verbose_name=_("fichier")
    )
    words = SearchVectorField(_("mots"))

    class Meta:
        verbose_name = _("mots d'un fichier")
        verbose_name_plural = _("mots des fichiers")
        indexes = [GinIndex(fields=["words"], name="resource_file_words")]

    def __str__(self) -> str:
        return str(self.file_id)


class KnownStem(models.Model):
    """A stem that public documents hold, so that a slip in a search is put right. Counted anew each night."""

    stem = models.CharField(_("racine"), max_length=40, primary_key=True)
    documents = models.PositiveIntegerField(_("documents"))

    class Meta:
        verbose_name = _("racine connue")
        verbose_name_plural = _("racines connues")
        indexes = [
            GinIndex(OpClass(F("stem"), name="gin_trgm_ops"), name="known_stem_trigrams"),
            models.Index(fields=["documents"], name="known_stem_documents"),
        ]

    def __str__(self) -> str:
        return self.stem
