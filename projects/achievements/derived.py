"""What an achievement's row repeats of its sides, its territories and its pictures."""

from collections.abc import Iterable

from django.db import transaction

from coexist.common.territories import reach_of

from .models import Achievement, Picture

CHUNK = 200
COLUMNS = ("reach", "actor_kinds", "actor_names", "cover")


@transaction.atomic
def refresh(keys: Iterable[int]) -> int:
    """Bring these rows up to date; return how many were not. Derived data: no version is written."""
    rows = list(Achievement.objects.select_for_update().filter(pk__in=list(keys)))
    changed = [row for row in rows if _work_out(row)]
    Achievement.objects.bulk_update(changed, COLUMNS)
    return len(changed)


def refresh_all() -> int:
    """Repair every row; return how many were wrong."""
    keys = list(Achievement.objects.order_by("pk").values_list("pk", flat=True))
    return sum(refresh(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


def _work_out(row: Achievement) -> bool:
    actors = [one.actor for one in row.contributions.select_related("actor").order_by("pk")]
    first = Picture.objects.filter(achievement=row).order_by("pk").values_list("image", flat=True).first()
    told = {
        "reach": reach_of(row.territories),
        "actor_kinds": sorted({actor.kind for actor in actors}),
        "actor_names": " · ".join(actor.name for actor in actors),
        "cover": first or "",
    }
    before = {name: getattr(row, name) for name in told}
    for name, value in told.items():
        setattr(row, name, value)
    return before != told
