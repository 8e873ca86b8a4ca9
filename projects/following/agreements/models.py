"""Conventions, the texts that they start from, and the dated rules of tax."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.history import History

from ..querysets import OfPartnership
from .enums import AgreementKind, AgreementStatus, Currency, Donor, Foreign

NOT_NEGATIVE = [MinValueValidator(Decimal(0))]


def money_field(label: Any, **options) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE, **options
    )


class Agreement(models.Model):
    partnership = models.ForeignKey(
        "following.Partnership", models.CASCADE, related_name="agreements", verbose_name=_("partenariat")
    )
    kind = models.CharField(_("modèle"), max_length=20, choices=AgreementKind, default=AgreementKind.PARTNERSHIP)
    object = models.TextField(_("objet"), max_length=2000, help_text=_("Ce que les parties feront ensemble."))
    amount = money_field(_("montant prévisionnel"), help_text=_("0 s'il n'y en a pas."))
    currency = models.CharField(_("monnaie"), max_length=3, choices=Currency, default=Currency.EUR)
    in_kind = models.TextField(
        _("apport en nature ou en compétences"), max_length=2000, blank=True,
        help_text=_("Par exemple : 12 jours d'un ingénieur hydraulicien."),
    )  # fmt: skip
    in_kind_value = money_field(
        _("valorisation de cet apport"),
        help_text=_("Mécénat de compétences : le coût de revient, salaires et charges, sans marge."),
    )
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    foreign = models.CharField(_("partie étrangère publique"), max_length=6, choices=Foreign, blank=True)
    transmitted_on = models.DateField(
        _("transmise au préfet le"), null=True, blank=True,
        help_text=_("Elle prend effet à cette date (CGCT, art. L1115-1)."),
    )  # fmt: skip
    donor = models.CharField(_("qui donne"), max_length=10, choices=Donor, blank=True)
    turnover = money_field(
        _("chiffre d'affaires annuel hors taxes du donateur"),
        help_text=_("Pour une entreprise : il fixe le plafond. Facultatif."),
    )
    text = models.TextField(_("texte"), max_length=40_000, blank=True)  # empty: still as the model has it
    status = models.CharField(_("état"), max_length=6, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    signed_file = models.FileField(_("exemplaire signé"), upload_to="conventions", blank=True)
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)

    objects = OfPartnership.as_manager()
    history = History(_("historique des conventions"), leave_out=("form_key", "text"))

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            # CGCT, art. L1115-5: no convention with a foreign State.
            models.CheckConstraint(condition=~models.Q(foreign=Foreign.STATE), name="no_agreement_with_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("agreement-detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == AgreementStatus.DRAFT

    @property
    def awaits_transmission(self) -> bool:
        return self.foreign == Foreign.LOCAL and self.transmitted_on is None

    @property
    def in_effect_from(self):
        """Signed; with a foreign local authority, not before its transmission to the prefect (CGCT, art. L1115-1)."""
        if self.status != AgreementStatus.SIGNED or self.signed_on is None or self.awaits_transmission:
            return None
        dates = [self.signed_on, self.starts_on, self.transmitted_on if self.foreign == Foreign.LOCAL else None]
        return max(date for date in dates if date is not None)


class Signatory(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories", verbose_name=_("convention"))
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+", verbose_name=_("acteur"))
    name = models.CharField(_("signataire"), max_length=120)
    capacity = models.CharField(
        _("en qualité de"), max_length=150, help_text=_("Présidente, maire, directeur habilité par délibération du…")
    )

    class Meta:
        verbose_name = _("signataire")
        verbose_name_plural = _("signataires")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "actor"], name="one_signatory_for_each_actor")]

    def __str__(self) -> str:
        return self.name


class AgreementTemplate(models.Model):
    """What a draft starts from, in Markdown with words between braces (drafts.py: WORDS)."""

    kind = models.CharField(_("pour"), max_length=20, choices=AgreementKind, unique=True)
    title = models.CharField(_("titre"), max_length=150)
    body = models.TextField(_("texte"), max_length=30_000)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par"),
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("modèle de convention")
        verbose_name_plural = _("modèles de convention")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.title


def percent_field(label: Any, **options) -> models.DecimalField:
    """In per cent."""
    validators = [*NOT_NEGATIVE, MaxValueValidator(Decimal(100))]
    return models.DecimalField(label, max_digits=6, decimal_places=3, validators=validators, **options)


class TaxRule(models.Model):
    """What the law lets a donor deduct, from a date on; the latest that is not in the future holds."""

    donor = models.CharField(_("donateur"), max_length=10, choices=Donor.choices[1:])
    since = models.DateField(_("en vigueur depuis le"))
    rate = percent_field(_("taux (%)"))
    bracket = money_field(_("jusqu'à (EUR par an)"), help_text=_("Vide : le taux vaut pour tout le don."))
    rate_above = percent_field(_("taux au-delà (%)"), null=True, blank=True)
    ceiling = money_field(_("plafond des dons retenus (EUR par an)"))
    ceiling_share = percent_field(
        _("ou, s'il est plus haut, en part du chiffre d'affaires ou du revenu imposable (%)"), null=True, blank=True
    )
    legal_source = models.CharField(_("source légale"), max_length=250)
    conditions = models.TextField(_("conditions, dites avec chaque estimation"), max_length=2000)
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)

    history = History(_("historique des règles fiscales"))

    class Meta:
        verbose_name = _("règle fiscale")
        verbose_name_plural = _("règles fiscales")
        ordering = ["donor", "-since"]
        constraints = [models.UniqueConstraint(fields=["donor", "since"], name="one_tax_rule_a_day")]

    def __str__(self) -> str:
        return f"{self.get_donor_display()}, {self.since:%d/%m/%Y}"
