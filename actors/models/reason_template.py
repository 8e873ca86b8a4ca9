"""Reasons that animators give often, written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ActorState


class ReasonTemplate(models.Model):
    """A text that an animator starts from when giving the reason of a decision."""

    decision = models.CharField(
        _("pour la décision"), max_length=15,
        choices=[
            (state.value, state.label)
            for state in (ActorState.APPROVED, ActorState.CHANGES_ASKED, ActorState.REFUSED, ActorState.SUSPENDED)
        ],
    )  # fmt: skip
    title = models.CharField(_("intitulé"), max_length=80, help_text=_("Ce que l'animateur voit dans la liste."))
    text = models.TextField(_("texte"), max_length=2000, help_text=_("Les responsables de l'acteur le reçoivent."))

    class Meta:
        verbose_name = _("motif type")
        verbose_name_plural = _("motifs types")
        ordering = ["decision", "title"]
        constraints = [models.UniqueConstraint(fields=["decision", "title"], name="one_reason_of_a_title")]

    def __str__(self) -> str:
        return self.title
