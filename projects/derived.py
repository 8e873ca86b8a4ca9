"""What the rows of projects and needs repeat of others, so that lists filter and count without a join."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from coexist.common.territories import reach_of

from .models import Need, Project

CHUNK = 500


@transaction.atomic
def refresh_needs(keys: Sequence[int]) -> int:
    """Bring the skills that these needs repeat up to date, domains included; return how many were not."""
    needs = list(Need.objects.select_for_update().filter(pk__in=keys).only("pk", "skill_keys"))
    carried: dict[int, set[int]] = defaultdict(set)
    rows = Need.skills.through.objects.filter(need__in=keys).values_list("need", "skill", "skill__parent")
    for carrier, skill, domain in rows:
        carried[carrier] |= {key for key in (skill, domain) if key is not None}
    changed = [need for need in needs if need.skill_keys != sorted(carried[need.pk])]
    for need in changed:
        need.skill_keys = sorted(carried[need.pk])
    Need.objects.bulk_update(changed, ["skill_keys"], batch_size=CHUNK)
    return len(changed)


@transaction.atomic
def refresh_projects(keys: Sequence[int]) -> int:
    """Bring the reach of these projects up to date; return how many were not."""
    projects = list(Project.objects.select_for_update().filter(pk__in=keys).only("pk", "territories", "reach"))
    changed = [project for project in projects if project.reach != reach_of(project.territories)]
    for project in changed:
        project.reach = reach_of(project.territories)
    Project.objects.bulk_update(changed, ["reach"], batch_size=CHUNK)
    return len(changed)


def refresh_all() -> int:
    """Repair what every project and need repeats; return how many were wrong."""
    repaired = 0
    for model, refresh in ((Project, refresh_projects), (Need, refresh_needs)):
        keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        repaired += sum(refresh(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))
    return repaired
