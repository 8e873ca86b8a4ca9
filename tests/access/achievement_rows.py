"""Achievements of us and the partner, and forms as people would send them."""

from uuid import uuid4

from django.utils import timezone

from actors.models import Actor
from tests.factories import achievements, files


def of_achievements(ours: Actor, partner: Actor) -> dict[str, tuple]:
    """Between us and the partner; nothing of it concerns the other."""
    told = achievements.achievement(ours, partner)
    mine, theirs = achievements.side(told, ours), achievements.side(told, partner)
    picture = achievements.picture(mine)
    public = achievements.published(ours, partner)
    shown = achievements.picture(achievements.side(public, ours))
    gone = achievements.achievement(ours, partner, state="withdrawn", published_at=timezone.now())
    waiting = achievements.achievement(ours, partner, state="waiting")
    return {
        "told": (told.partnership_id,),
        "untold": (achievements.completed(ours, partner).pk,),
        "our_part": (mine.pk,),
        "their_part": (theirs.pk,),
        "our_picture": (picture.pk,),
        "their_picture": (achievements.picture(theirs).pk,),
        "told_story": (told.slug,),
        "public_story": (public.slug,),
        "gone_story": (gone.slug,),
        "waiting_story": (waiting.pk,),
        "hidden_picture": tuple(picture.image.name.split("/")),
        "shown_picture": tuple(shown.image.name.split("/")),
    }


def achievement_forms() -> dict:
    """A file is read once: each form has its own."""
    described = {"alternative": "Une pompe", "credit": "Awa Diop", "people": "nobody"}
    return {
        "achievement-story": {
            "seen": 1, "title": "De l'eau", "summary": "En bref.", "done": "Un forage.", "currency": "EUR",
            "year": 2025,
        },
        "contribution-quotation": {"quotation": "Merci.", "quotation_author": "Awa Diop"},
        "contribution-picture": {"image": files.upload(files.image()), "form_key": uuid4(), **described},
        "contribution-appraisal": {"grade": 4, "comment": "Bien."},
        "contribution-consent": {"seen": 1, "agrees": "yes"},
        "picture-edit": {**described, "credit": "Quelqu'un d'autre"},
        "admin:achievements_achievement_decide": {"to": "published", "seen_state": "waiting", "seen_version": 1},
    }  # fmt: skip
