"""What an actor can give."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coexist.common.history import DERIVED, History
from coexist.common.labels import label_of
from coexist.common.language.index import IndexedText
from coexist.common.language.text import sentences
from coexist.common.search import search_vector

from ..enums import OfferKind
from ..querysets import OfferQuerySet
from ..skills.models import Skill
from .actor import Actor
from .fields import mode_array, territory_array


class Offer(IndexedText):
    """What an actor can give: a free title first, skills found in it and then corrected by people."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="offers", verbose_name=_("acteur"))
    title = models.CharField(
        _("ce que vous pouvez apporter"), max_length=150, help_text=_("Par exemple : relire des statuts d'association.")
    )
    detail = models.TextField(
        _("précisions"), max_length=2000, blank=True, help_text=_("Disponibilité, conditions, ce qui est compris.")
    )
    kind = models.CharField(_("nature"), max_length=15, choices=OfferKind, default=OfferKind.SKILL)
    modes = mode_array(_("modalités"))
    territories = territory_array()
    skills = models.ManyToManyField(Skill, blank=True, related_name="offers", verbose_name=_("compétences"))
    available_from = models.DateField(_("disponible à partir du"), null=True, blank=True)
    available_until = models.DateField(_("jusqu'au"), null=True, blank=True)
    page = models.CharField(
        _("page où elle s'écrit"), max_length=200, blank=True, editable=False,
        help_text=_("Vide : ici, par ses responsables. Sinon l'adresse, sur ce site, de ce qui la tient à jour."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)
    search = models.GeneratedField(
        expression=search_vector(title="A", detail="C"), output_field=SearchVectorField(), db_persist=True
    )

    objects = OfferQuerySet.as_manager()
    history = History(_("historique des offres"), leave_out=(*DERIVED, "updated_at"))

    class Meta:
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        ordering = ["pk"]
        indexes = [
            GinIndex(fields=["search"], name="offer_search"),
            GinIndex(fields=["stems"], name="offer_stems"),
            models.Index(fields=["updated_at"], name="offer_updated_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=models.F("available_from")),
                name="offer_dates_in_order",
                violation_error_message=_("La fin ne peut pas être avant le début."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(OfferKind, self.kind)

    @property
    def passage(self) -> str:
        return sentences(self.title, self.detail)
