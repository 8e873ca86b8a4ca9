"""Completed partnerships and what is told of them."""

from django.utils import timezone

from actors.models import Actor
from projects.achievements.derived import refresh
from projects.achievements.enums import AchievementState, Consent, Event
from projects.achievements.models import Achievement, AchievementChange, Appraisal, Contribution, Picture
from projects.following.models import Partnership
from tests.factories import files, following

STORY = {
    "summary": "Trois villages boivent une eau contrôlée.",
    "done": "Un diagnostic, deux pompes neuves, douze personnes formées.",
}


def completed(*actors: Actor, **fields) -> Partnership:
    return following.partnership(*actors, **{"stage": "completed", **fields})


def achievement(*actors: Actor, partnership: Partnership | None = None, **fields) -> Achievement:
    """A told draft, with a part for each side; state PUBLISHED or WAITING comes with everybody's consent."""
    of = partnership or completed(*actors)
    number = Achievement.objects.count() + 1
    made = Achievement.objects.create(
        partnership=of,
        **{"title": f"De l'eau à Podor {number}", "slug": f"eau-{of.pk}", "year": 2025, **STORY, **fields},
    )
    agreed = made.state in (AchievementState.PUBLISHED, AchievementState.WAITING)
    said = {"consent": Consent.YES, "consent_version": made.version, "consent_at": timezone.now()} if agreed else {}
    for party in of.parties.order_by("pk"):
        Contribution.objects.create(achievement=made, actor=party.actor, **said)
    if made.state == AchievementState.PUBLISHED and "published_at" not in fields:
        Achievement.objects.filter(pk=made.pk).update(published_at=timezone.now())
    AchievementChange.objects.create(achievement=made, what=Event.OPENED, after=made.state, version=made.version)
    refresh([made.pk])
    made.refresh_from_db()
    return made


def published(*actors: Actor, **fields) -> Achievement:
    return achievement(*actors, state=AchievementState.PUBLISHED, **fields)


def side(of: Achievement, actor: Actor) -> Contribution:
    return Contribution.objects.select_related("achievement__partnership", "actor").get(achievement=of, actor=actor)


def picture(of: Contribution, **fields) -> Picture:
    made = Picture.objects.create(
        achievement=of.achievement, contribution=of,
        **{
            "image": files.clean_logo(), "alternative": "Une pompe à main", "credit": "Awa Diop", "people": "nobody",
            **fields,
        },
    )  # fmt: skip
    refresh([of.achievement_id])
    return made


def appraisal(of: Achievement, actor: Actor, **fields) -> Appraisal:
    return Appraisal.objects.create(achievement=of, actor=actor, **{"grade": 2, "comment": "Trop lent.", **fields})
