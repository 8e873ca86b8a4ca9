"""What a person did for achievements, and the words published under their name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .derived import refresh
from .models import Achievement, AchievementChange, Appraisal, Contribution, Picture


def _quoted(person: Any, addresses: Addresses) -> QuerySet[Contribution]:
    """Said under the person's own name for an actor of theirs: a namesake elsewhere is somebody else."""
    if not person.name.strip():
        return Contribution.objects.none()
    own = Contribution.objects.filter(actor__memberships__user=person)
    return own.filter(quotation_author__iexact=person.name.strip()).select_related("achievement", "actor")


def _erase_quotations(person: Any, addresses: Addresses) -> None:
    """The words go with the name: unsigned, they would still be that person's. The page stays."""
    keys = list(_quoted(person, addresses).values_list("pk", flat=True))
    Contribution.objects.filter(pk__in=keys).update(quotation="", quotation_author="", quotation_role="")
    refresh(Achievement.objects.filter(contributions__in=keys).values_list("pk", flat=True))


register_holding(
    Holding(
        "achievement_quotations",
        _("Vos témoignages sur des réalisations"),
        ("achievement", "actor", "quotation", "quotation_author", "quotation_role"),
        _quoted,
        erase=_erase_quotations,
    )
)
register_holding(
    Holding(
        "achievement_consents",
        _("Les accords que vous avez donnés ou refusés à une publication"),
        ("achievement", "actor", "consent", "consent_version", "consent_at"),
        lambda person, addresses: Contribution.objects.filter(consent_by=person).select_related("achievement", "actor"),
    )
)
register_holding(
    Holding(
        "achievement_appraisals",
        _("Vos avis privés sur des partenariats"),
        ("achievement", "actor", "grade", "comment", "at"),
        lambda person, addresses: Appraisal.objects.filter(by=person).select_related("achievement", "actor"),
    )
)
register_holding(
    Holding(
        "achievement_pictures",
        _("Les photos de réalisations que vous avez déposées"),
        ("achievement", "alternative", "credit", "people", "at"),
        lambda person, addresses: Picture.objects.filter(by=person).select_related("achievement"),
    )
)
register_holding(
    Holding(
        "achievement_changes",
        _("Ce que vous avez fait sur des réalisations"),
        ("achievement", "what", "why", "at"),
        lambda person, addresses: AchievementChange.objects.filter(by=person).select_related("achievement"),
    )
)
