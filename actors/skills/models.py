from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def name_column() -> str:
    """Of the names in the language of the screens; who reads many asks once."""
    return "name_en" if get_language() == "en" else "name_fr"


class SkillQuerySet(models.QuerySet["Skill"]):
    def domains(self) -> "SkillQuerySet":
        return self.filter(parent=None)


class Skill(models.Model):
    """A node of the taxonomy: a domain (no parent) or a skill of a domain.

    The reference is actors/skills/data/taxonomy.toml, read by `load_taxonomy`.
    """

    code = models.SlugField(_("code"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("domaine")
    )
    name_fr = models.CharField(_("nom français"), max_length=120)
    name_en = models.CharField(_("nom anglais"), max_length=120)
    synonyms_fr = ArrayField(
        models.CharField(max_length=120), verbose_name=_("synonymes français"), default=list, blank=True
    )
    synonyms_en = ArrayField(
        models.CharField(max_length=120), verbose_name=_("synonymes anglais"), default=list, blank=True
    )
    standards = models.JSONField(
        _("codes des référentiels"), default=dict, blank=True, help_text=_("ESCO, ROME, DAC CRS, ODD.")
    )
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("compétence")
        verbose_name_plural = _("compétences")
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return getattr(self, name_column())

    @property
    def labels(self) -> list[str]:
        """Every expression that names this skill, its own names first."""
        return [self.name_fr, self.name_en, *self.synonyms_fr, *self.synonyms_en]
