"""A request to borrow, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, person_key
from coexist.common.labels import label_of

from .querysets import LoanQuerySet
from .states import LoanState, Side


class LoanRequest(models.Model):
    """Days are whole and inclusive: from the one it leaves to the one it is back."""

    resource = models.ForeignKey(
        "mediatheque.Resource", models.CASCADE, related_name="loans", verbose_name=_("ressource")
    )
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="loans_asked", verbose_name=_("demandé par"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    place = models.CharField(_("lieu"), max_length=200)
    message = models.TextField(_("message"), max_length=2000)
    state = models.CharField(_("état"), max_length=10, choices=LoanState, default=LoanState.ASKED)
    asked_by = person_key(_("écrit par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    borrower_reminded_at = models.DateTimeField(_("retour rappelé à qui emprunte le"), null=True, editable=False)
    lender_reminded_at = models.DateTimeField(_("retour rappelé à qui prête le"), null=True, editable=False)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d'emprunt")
        verbose_name_plural = _("demandes d'emprunt")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["resource", "state", "starts_on"], name="loan_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="loan_dates_in_order",
                violation_error_message=_("La fin ne peut pas être avant le début."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.resource} / {self.actor}"

    def get_absolute_url(self) -> str:
        return reverse("loan-detail", args=[self.pk])

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(LoanState, self.state)

    def actor_of(self, side: Side) -> Actor:
        return self.actor if side == Side.BORROWER else self.resource.publisher

    @property
    def is_late(self) -> bool:
        return self.state == LoanState.AGREED and self.ends_on < timezone.localdate()


class LoanStep(models.Model):
    """History: who decided what, and the words that went with it."""

    loan = models.ForeignKey(LoanRequest, models.CASCADE, related_name="steps", verbose_name=_("demande"))
    state = models.CharField(_("état"), max_length=10, choices=LoanState)
    why = models.TextField(_("un mot"), max_length=1000, blank=True)
    by = person_key(_("par"))
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("étape d'un emprunt")
        verbose_name_plural = _("étapes d'emprunts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.loan} : {self.get_state_display()}"
