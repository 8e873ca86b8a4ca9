from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from .encoder import DIMENSIONS


class TextVector(models.Model):
    """Vector of a text, kept by the text's hash: the same words are never encoded twice."""

    key = models.CharField(_("clé"), max_length=64, primary_key=True)
    vector = VectorField(_("vecteur"), dimensions=DIMENSIONS)
    used_at = models.DateTimeField(_("utilisé le"), auto_now=True)

    class Meta:
        verbose_name = _("vecteur de texte")
        verbose_name_plural = _("vecteurs de textes")

    def __str__(self) -> str:
        return self.key
