"""Whom to ask at an actor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coexist.common.history import History

from ..querysets import ContactQuerySet
from .actor import Actor


class Contact(models.Model):
    """A person or a desk of an actor; private ones are shown to members and accepted partners only."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="contacts", verbose_name=_("acteur"))
    name = models.CharField(_("nom"), max_length=120)
    role = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    is_public = models.BooleanField(_("visible de tous"), default=False)
    created_at = models.DateTimeField(_("ajouté le"), auto_now_add=True)

    objects = ContactQuerySet.as_manager()
    history = History(_("historique des contacts"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["actor", "pk"]
        indexes = [models.Index(models.Func(models.F("email"), function="coexist_domain"), name="contact_email_domain")]

    def __str__(self) -> str:
        return self.name
