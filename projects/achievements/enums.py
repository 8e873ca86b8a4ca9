"""The states of an achievement, and which may follow which. A pure table: services ask it, pages show it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AchievementState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    WAITING = "waiting", _("attend l'équipe d'animation")
    CHANGES_ASKED = "changes_asked", _("à compléter")
    PUBLISHED = "published", _("publiée")
    REFUSED = "refused", _("non retenue")
    WITHDRAWN = "withdrawn", _("retirée")


class Consent(models.TextChoices):
    """Of one side, to the publication of one version of the page."""

    NONE = "", _("pas encore dit")
    YES = "yes", _("d'accord")
    NO = "no", _("pas d'accord")


class ShownPeople(models.TextChoices):
    """What a picture shows of people; one of them who never agreed is no picture for a public page."""

    NOBODY = "nobody", _("Personne n'y est reconnaissable.")
    AGREED = "agreed", _("Les personnes reconnaissables (ou leurs parents) ont donné leur accord.")


class Event(models.TextChoices):
    """What happened, for the history."""

    OPENED = "opened", _("récit ouvert")
    STORY = "story", _("texte ou chiffres modifiés")
    QUOTATION = "quotation", _("témoignage modifié")
    PICTURE = "picture", _("photo ajoutée ou modifiée")
    PICTURE_REMOVED = "picture_removed", _("photo retirée")
    CONSENT = "consent", _("accord donné")
    NO_CONSENT = "no_consent", _("accord refusé ou retiré")
    PUBLISHED = "published", _("page publiée")
    CHANGES_ASKED = "changes_asked", _("corrections demandées")
    REFUSED = "refused", _("publication refusée")
    MERGED = "merged", _("deux acteurs réunis")


# What the sides do: consents lead to the animators, a lost consent leads back. A public page is never edited in place.
WRITABLE = (
    AchievementState.DRAFT, AchievementState.WAITING, AchievementState.CHANGES_ASKED, AchievementState.WITHDRAWN,
)  # fmt: skip
AFTER_ALL_CONSENTS = AchievementState.WAITING
AFTER_A_LOST_CONSENT = {
    AchievementState.WAITING: AchievementState.DRAFT,
    AchievementState.PUBLISHED: AchievementState.WITHDRAWN,
}
# What the animators decide.
DECISIONS: dict[str, tuple[str, ...]] = {
    AchievementState.WAITING: (
        AchievementState.PUBLISHED,
        AchievementState.CHANGES_ASKED,
        AchievementState.REFUSED,
    ),
    AchievementState.PUBLISHED: (AchievementState.CHANGES_ASKED,),
    AchievementState.REFUSED: (AchievementState.CHANGES_ASKED,),
}
WITH_A_REASON = (AchievementState.CHANGES_ASKED, AchievementState.REFUSED)


def may_decide(state: str, to: str) -> bool:
    return to in DECISIONS.get(state, ())
