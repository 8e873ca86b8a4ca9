"""The programmes that were asked for: made in the worker, kept until what they tell changes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.uploads.shelves import file_url
from events.campaigns.models import Campaign

from .enums import Layout, Order, PrintState


class ProgrammePrint(models.Model):
    """One layout and order of one campaign's programme."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="prints", verbose_name=_("campagne"))
    layout = models.CharField(_("format"), max_length=4, choices=Layout)
    order = models.CharField(_("ordre"), max_length=6, choices=Order)
    state = models.CharField(_("état"), max_length=8, choices=PrintState, default=PrintState.WAITING)
    progress = models.PositiveSmallIntegerField(_("avancement, en centièmes"), default=0)
    error = models.CharField(_("erreur"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    fingerprint = models.CharField(_("empreinte de ce qui est imprimé"), max_length=64, blank=True)
    file = models.FileField(_("fichier"), upload_to="programmes", blank=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    began_at = models.DateTimeField(_("commencé le"), null=True, blank=True)
    made_at = models.DateTimeField(_("fait le"), null=True, blank=True)

    class Meta:
        verbose_name = _("programme imprimé")
        verbose_name_plural = _("programmes imprimés")
        ordering = ["layout", "order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "layout", "order"], name="one_print_of_each_sort")]

    def __str__(self) -> str:
        return f"{self.campaign} ({self.get_layout_display()}, {self.get_order_display()})"

    @property
    def url(self) -> str:
        return file_url(self.file.name)

    @property
    def is_working(self) -> bool:
        return self.state in (PrintState.WAITING, PrintState.MAKING)
