"""Writing achievements: each step in one transaction, under the row's lock, with who and when."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import User
from coexist.common.slugs import free_slug
from projects.following.models import Partnership
from projects.following.stages import PartnershipStage

from . import rules
from .derived import refresh
from .enums import (
    AFTER_A_LOST_CONSENT,
    AFTER_ALL_CONSENTS,
    DECISIONS,
    WITH_A_REASON,
    AchievementState,
    Consent,
    Event,
    may_decide,
)  # fmt: skip
from .models import Achievement, Appraisal, Contribution, Picture
from .telling import tell_decision, tell_withdrawn, tell_your_turn
from .writing import (
    AchievementError,
    add_missing_sides,
    all_agree,
    content_changed,
    locked,
    meanwhile,
    note,
    save,
    to_state,
    writable,
)  # fmt: skip

__all__ = ["AchievementError"]
MOST_PICTURES = 6  # of one side
STORY = (
    "title", "summary", "done", "kinds", "themes", "territories", "people_reached", "days_given", "amount", "currency",
    "year",
)  # fmt: skip


@transaction.atomic
def open_achievement(*, partnership: Partnership, acting_user: User | None) -> Achievement:
    """The one achievement of a completed partnership, with a part for each side; asked twice, it is the same."""
    partnership = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if partnership.stage != PartnershipStage.COMPLETED:
        raise AchievementError(_("Une réalisation se raconte quand le partenariat est terminé."))
    row = Achievement.objects.filter(partnership=partnership).first()
    if row is None:
        row = Achievement(partnership=partnership, **_known_of(partnership))
        row.slug = free_slug(Achievement, row.title)
        save(row, acting_user=acting_user)
        note(row, Event.OPENED, by=acting_user)
    if row.is_writable:  # nobody joins a page that is public without a word of the others
        add_missing_sides(row)
    refresh([row.pk])
    row.refresh_from_db()
    return row


@transaction.atomic
def save_story(*, achievement: Achievement, told: Mapping[str, Any], seen: int, acting_user: User) -> Achievement:
    """The text and figures in common. `seen` is the version on the page that was sent; raises AchievementError."""
    row = writable(achievement, seen=seen)
    own = _own(row, acting_user)
    before = {name: getattr(row, name) for name in STORY}
    for name in STORY:
        setattr(row, name, told.get(name, before[name]))
    if before != {name: getattr(row, name) for name in STORY}:
        content_changed(row, Event.STORY, own=own, acting_user=acting_user)
    return row


@transaction.atomic
def save_quotation(
    *, contribution: Contribution, quotation: str, author: str, role: str, acting_user: User
) -> Contribution:
    """A side's own words; an empty quotation takes them away, with the name of who said them."""
    row = writable(contribution.achievement)
    mine = _mine(contribution, acting_user)
    told = (quotation, author, role) if quotation else ("", "", "")
    if (mine.quotation, mine.quotation_author, mine.quotation_role) != told:
        mine.quotation, mine.quotation_author, mine.quotation_role = told
        mine.save(update_fields=["quotation", "quotation_author", "quotation_role"])
        content_changed(row, Event.QUOTATION, own=_own(row, acting_user), acting_user=acting_user, contribution=mine)
    return mine


@transaction.atomic
def save_picture(*, picture: Picture, acting_user: User) -> Picture:
    """A new one of a side, or what is said of one; raises AchievementError beyond six of a side."""
    row = writable(picture.contribution.achievement)
    mine = _mine(picture.contribution, acting_user)
    if not picture.pk:
        earlier = Picture.objects.filter(form_key=picture.form_key).first() if picture.form_key else None
        if earlier is not None:
            return earlier
        if mine.pictures.count() >= MOST_PICTURES:
            raise AchievementError(_("Six photos par acteur au plus : retirez-en une d'abord."))
        picture.by = acting_user
    picture.achievement = row
    picture.save()
    content_changed(row, Event.PICTURE, own=_own(row, acting_user), acting_user=acting_user, contribution=mine)
    return picture


@transaction.atomic
def remove_picture(*, picture: Picture, acting_user: User) -> None:
    """Its file follows the night after, when no row names it any more; it is served to nobody meanwhile."""
    row = writable(picture.contribution.achievement)
    mine = _mine(picture.contribution, acting_user)
    if Picture.objects.filter(pk=picture.pk).delete()[0]:
        content_changed(
            row, Event.PICTURE_REMOVED, own=_own(row, acting_user), acting_user=acting_user, contribution=mine
        )


@transaction.atomic
def appraise(*, contribution: Contribution, grade: int, comment: str, acting_user: User) -> Appraisal:
    """A side's private grade, in any state: it changes nothing of the page, and no history tells of it."""
    locked(contribution.achievement)
    mine = _mine(contribution, acting_user)
    told = {"grade": grade, "comment": comment, "by": acting_user}
    kept, _new = Appraisal.objects.update_or_create(achievement=mine.achievement, actor=mine.actor, defaults=told)
    mine.answered_at = mine.answered_at or timezone.now()
    mine.save(update_fields=["answered_at"])
    return kept


@transaction.atomic
def consent(*, contribution: Contribution, agrees: bool, seen: int, acting_user: User) -> Achievement:
    """A side agrees, or not, to the publication of the version that it has `seen`.

    Once every side does, the animators have it. A side that takes its consent back takes a public page
    away at once, whatever was seen. Raises AchievementError.
    """
    row = locked(contribution.achievement, seen=seen if agrees else None)
    mine = _mine(contribution, acting_user)
    if agrees:
        if row.state not in (AchievementState.WAITING, AchievementState.PUBLISHED):
            writable(row)
        if not row.is_told:
            raise AchievementError(_("Écrivez d'abord le titre, le résumé et ce qui a été fait."))
        if mine.agrees_to(row.version):
            return row
    elif mine.consent == Consent.NO:
        return row
    _say(mine, agrees, row.version, acting_user)
    before = row.state
    add_missing_sides(row)
    if agrees and all_agree(row):
        to_state(row, AFTER_ALL_CONSENTS)
        row.why = ""
    elif not agrees and row.state in AFTER_A_LOST_CONSENT:
        to_state(row, AFTER_A_LOST_CONSENT[AchievementState(row.state)])
    save(row, acting_user=acting_user)
    what = Event.CONSENT if agrees else Event.NO_CONSENT
    note(row, what, by=acting_user, contribution=mine, before=before if before != row.state else "")
    refresh([row.pk])
    if row.state == AchievementState.WITHDRAWN and before == AchievementState.PUBLISHED:
        tell_withdrawn(row, mine)
    elif agrees and row.state != AchievementState.WAITING:
        tell_your_turn(row, mine)
    return row


@transaction.atomic
def decide(
    *, achievement: Achievement, to: str, why: str, seen_state: str, seen_version: int, acting_user: User
) -> Achievement:
    """Publish, ask for changes, refuse: what the table allows, on what was read. Raises AchievementError.

    Nothing is published unless every side agrees to this version and every side is an approved actor.
    """
    row = locked(achievement)
    if (row.state, row.version) != (seen_state, seen_version):
        raise AchievementError(meanwhile(row))
    if to not in AchievementState.values or not may_decide(row.state, to):
        raise AchievementError(_("Cette décision ne peut pas suivre l'état où en est la réalisation."))
    if to in WITH_A_REASON and not why.strip():
        raise AchievementError(_("Dites pourquoi : les deux parties le liront."))
    if to == AchievementState.PUBLISHED:
        _check_publishable(row)
        row.published_at, why = timezone.now(), ""
    before, row.why = row.state, why
    to_state(row, to)
    if to == AchievementState.CHANGES_ASKED:
        row.contributions.update(consent=Consent.NONE, consent_version=None, consent_by=None, consent_at=None)
    save(row, acting_user=acting_user)
    note(row, Event(to), by=acting_user, before=before, why=why)
    refresh([row.pk])
    tell_decision(row)
    return row


def decisions_for(achievement: Achievement) -> list[tuple[str, Any]]:
    return [(code, AchievementState(code).label) for code in DECISIONS.get(achievement.state, ())]


def _known_of(partnership: Partnership) -> dict[str, Any]:
    """What the need and its project said already; the sides correct it."""
    known: dict[str, Any] = {"title": partnership.title, "year": timezone.localdate(partnership.stage_since).year}
    if partnership.need is not None:
        project = partnership.need.project
        known |= {"kinds": [partnership.need.kind], "themes": project.themes, "territories": project.territories}
    return known


def _own(row: Achievement, acting_user: User) -> list[Contribution]:
    """The sides of who writes; raises AchievementError for somebody who speaks for none."""
    own = list(rules.own_contributions(acting_user, row))
    if not own:
        raise AchievementError(_("Vous n'écrivez pour aucun des acteurs de ce partenariat."))
    return own


def _mine(contribution: Contribution, acting_user: User) -> Contribution:
    """As it stands now; a side writes for itself only."""
    mine = Contribution.objects.select_related("achievement__partnership", "actor").get(pk=contribution.pk)
    if not rules.can_speak_for(acting_user, mine):
        raise AchievementError(_("Seul un membre de cet acteur peut le faire en son nom."))
    return mine


def _say(mine: Contribution, agrees: bool, version: int, acting_user: User) -> None:
    now = timezone.now()
    mine.consent = Consent.YES if agrees else Consent.NO
    mine.consent_version, mine.consent_by, mine.consent_at = (version if agrees else None), acting_user, now
    mine.answered_at = mine.answered_at or now
    mine.save(update_fields=["consent", "consent_version", "consent_by", "consent_at", "answered_at"])


def _check_publishable(row: Achievement) -> None:
    if not all_agree(row):
        raise AchievementError(_("Toutes les parties n'ont pas donné leur accord à cette version."))
    if any(not one.actor.is_approved for one in row.contributions.select_related("actor")):
        raise AchievementError(_("Une des parties n'est pas un acteur validé : la page resterait cachée."))
