"""What every change of an achievement has in common: the row's lock, the version, the history, the lost consents."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from actors.models import User
from coexist.common.history import recorded
from coexist.common.slugs import free_slug

from .derived import refresh
from .enums import AFTER_A_LOST_CONSENT, AchievementState, Event
from .models import Achievement, AchievementChange, Contribution


class AchievementError(Exception):
    """Why this is not possible (any more), as a sentence for the person."""


def locked(achievement: Achievement, *, seen: int | None = None) -> Achievement:
    """The row as it stands, for this transaction alone; refused where the page that was sent is out of date."""
    row = Achievement.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=achievement.pk)
    if seen is not None and row.version != seen:
        raise AchievementError(meanwhile(row))
    return row


def writable(achievement: Achievement, *, seen: int | None = None) -> Achievement:
    """Locked, and in a state in which the sides may change what the page shows."""
    row = locked(achievement, seen=seen)
    if row.state == AchievementState.PUBLISHED:
        raise AchievementError(
            _("Cette page est publique. Pour la corriger, retirez d'abord votre accord : elle disparaît aussitôt.")
        )
    if not row.is_writable:
        raise AchievementError(_("L'équipe d'animation n'a pas retenu cette réalisation : écrivez-lui pour en parler."))
    return row


def note(
    row: Achievement, what: Event, *, by: User | None, contribution: Contribution | None = None, before: str = "",
    why: str = "",
) -> None:  # fmt: skip
    """A line of history. `before` is said where the state changed."""
    AchievementChange.objects.create(
        achievement=row, contribution=contribution, what=what, before=before, after=row.state, version=row.version,
        why=why, by=by,
    )  # fmt: skip


def content_changed(
    row: Achievement, what: Event, *, own: Iterable[Contribution], acting_user: User,
    contribution: Contribution | None = None,
) -> None:  # fmt: skip
    """A new version: the consent of those who wrote it goes on, that of the other sides has to be given again."""
    earlier, row.version = row.version, row.version + 1
    for one in own:
        if one.agrees_to(earlier):
            one.consent_version = row.version
        one.answered_at = one.answered_at or timezone.now()
        one.save(update_fields=["consent_version", "answered_at"])
    before = row.state if not all_agree(row) else ""
    save(row, after_lost_consent=not all_agree(row), acting_user=acting_user)
    note(row, what, by=acting_user, contribution=contribution, before=before if before != row.state else "")
    refresh([row.pk])


def save(row: Achievement, *, acting_user: User | None, after_lost_consent: bool = False) -> None:
    if after_lost_consent and row.state in AFTER_A_LOST_CONSENT:
        to_state(row, AFTER_A_LOST_CONSENT[AchievementState(row.state)])
    if row.published_at is None:
        row.slug = row.slug if row.slug.startswith(_slug_start(row)) else free_slug(Achievement, row.title)
    with recorded(by=acting_user):
        row.save()


def to_state(row: Achievement, state: str) -> None:
    """In memory: the caller saves."""
    row.state, row.state_since = AchievementState(state), timezone.now()


def add_missing_sides(row: Achievement) -> list[Contribution]:
    """A contribution for each party; a party that came later gets its own."""
    for actor in row.partnership.parties.order_by("pk").values_list("actor", flat=True):
        Contribution.objects.get_or_create(achievement=row, actor_id=actor)
    return list(row.contributions.select_related("actor").order_by("pk"))


def all_agree(row: Achievement) -> bool:
    """Every side, to this very version; also one that joined the partnership since."""
    sides = {one.actor_id: one for one in row.contributions.all()}
    parties = set(row.partnership.parties.values_list("actor", flat=True))
    return parties <= set(sides) and bool(sides) and all(one.agrees_to(row.version) for one in sides.values())


def meanwhile(row: Achievement) -> str:
    last = row.changes.select_related("by").last()
    return _(
        "Entre-temps, %(who)s : %(what)s (%(when)s). Relisez la page avant de continuer ; votre saisie est ici."
    ) % {
        "who": (last and last.by) or _("quelqu'un"),
        "what": last.get_what_display() if last else row.get_state_display(),
        "when": date_format(timezone.localtime(last.at if last else row.changed_at), "DATETIME_FORMAT"),
    }


def _slug_start(row: Achievement) -> str:
    return slugify(row.title)[:70] or "achievement"
