"""Two actors became one: it takes the place of both, and nothing that either gave is lost."""

from django.db import transaction

from actors.models import Actor, User

from .derived import refresh
from .enums import Consent, Event
from .models import Achievement, AchievementChange, Appraisal, Contribution, Picture
from .writing import note


@transaction.atomic
def move_contributions(*, kept: Actor, absorbed: Actor, acting_user: User) -> None:
    keys = sorted(Contribution.objects.filter(actor__in=[kept, absorbed]).values_list("achievement", flat=True))
    for row in Achievement.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        mine = row.contributions.filter(actor=kept).first()
        theirs = row.contributions.filter(actor=absorbed).first()
        if theirs is not None and mine is not None:
            _join(mine, theirs)
            note(row, Event.MERGED, by=acting_user, contribution=mine)
        elif theirs is not None:
            theirs.actor = kept
            theirs.save(update_fields=["actor"])
        _move_appraisal(row, kept, absorbed)
    refresh(keys)


def _join(mine: Contribution, theirs: Contribution) -> None:
    """Pictures of both; the kept one's words where both spoke; agreed where both agreed to the same version."""
    Picture.objects.filter(contribution=theirs).update(contribution=mine)
    AchievementChange.objects.filter(contribution=theirs).update(contribution=mine)
    if not mine.quotation:
        for name in ("quotation", "quotation_author", "quotation_role"):
            setattr(mine, name, getattr(theirs, name))
    if Consent.NO in (mine.consent, theirs.consent):
        mine.consent, mine.consent_version = Consent.NO, None
    elif not (mine.consent == theirs.consent and mine.consent_version == theirs.consent_version):
        mine.consent, mine.consent_version = Consent.NONE, None
    for name in ("asked_at", "reminded_at", "answered_at"):
        setattr(mine, name, getattr(mine, name) or getattr(theirs, name))
    mine.save()
    theirs.delete()


def _move_appraisal(row: Achievement, kept: Actor, absorbed: Actor) -> None:
    """Of two grades the kept one's stands; the other's words go under it."""
    theirs = Appraisal.objects.filter(achievement=row, actor=absorbed).first()
    mine = Appraisal.objects.filter(achievement=row, actor=kept).first()
    if theirs is None:
        return
    if mine is None:
        theirs.actor = kept
        theirs.save(update_fields=["actor"])
        return
    mine.comment = "\n\n".join(text for text in (mine.comment, f"{theirs.grade}/5 {theirs.comment}".strip()) if text)
    mine.comment = mine.comment[:2000]
    mine.save(update_fields=["comment"])
    theirs.delete()
