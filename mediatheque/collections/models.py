"""A collection and its steps."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import person_key

from .querysets import CollectionQuerySet, CollectionStepQuerySet

MOST_STEPS = 40


class Collection(models.Model):
    title = models.CharField(_("titre"), max_length=150)
    slug = models.SlugField(
        _("adresse de la page"), max_length=80, unique=True, blank=True, help_text=_("Vide : faite du titre.")
    )
    summary = models.CharField(
        _("en une phrase"), max_length=280, help_text=_("Pour qui, pour faire quoi : ce que montrent les listes.")
    )
    introduction = models.TextField(
        _("introduction"), max_length=6000, blank=True,
        help_text=_("En Markdown : **gras**, *italique*, - liste, [lien](https://…)."),
    )  # fmt: skip
    is_published = models.BooleanField(_("publié"), default=False, help_text=_("Sinon, brouillon."))
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True, editable=False)
    created_by = person_key(_("créé par"))
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("enregistré le"), auto_now=True)

    public_steps: int  # of rows `with_card_data`
    shown_steps: list["CollectionStep"]  # of rows `with_public_steps`

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcours")
        verbose_name_plural = _("parcours")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["is_published", "-published_at"], name="collection_published")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection-detail", args=[self.slug])


class CollectionStep(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="steps", verbose_name=_("parcours"))
    resource = models.ForeignKey(
        "mediatheque.Resource", models.CASCADE, related_name="steps", verbose_name=_("ressource")
    )
    position = models.PositiveSmallIntegerField(
        _("ordre"), default=0, help_text=_("Du plus petit au plus grand ; renuméroté à l'enregistrement.")
    )
    comment = models.TextField(
        _("un mot"), max_length=1000, blank=True, help_text=_("Pourquoi cette étape, ce qu'il faut en retenir.")
    )

    objects = CollectionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("étape d'un parcours")
        verbose_name_plural = _("étapes de parcours")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "resource"], name="one_step_for_each_resource",
                violation_error_message=_("Cette ressource est déjà une étape de ce parcours."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.position}. {self.resource}"
