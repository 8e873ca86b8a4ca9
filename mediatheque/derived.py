"""What a resource's row repeats of its skills, territories and files, so that lists filter and show without a join."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from coexist.common.jobs import enqueue_on_commit
from coexist.common.language.vectors import text_key
from coexist.common.territories import reach_of

from .enums import FileKind, Format
from .headings import headings_of
from .models import COPIES, Resource, ResourceFile
from .tasks import index_resource

CHUNK = 200


@transaction.atomic
def refresh(keys: Iterable[int]) -> int:
    """Bring these rows up to date; return how many were not. Derived data: no version is written."""
    rows = list(Resource.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)))
    skills, files, headings = _skills(rows), _files(rows), headings_of(rows)
    changed = [row for row in rows if _work_out(row, skills[row.pk], files[row.pk], headings[row.pk])]
    Resource.objects.bulk_update(changed, COPIES)
    for row in rows:
        if row.index_key != text_key(row.passage):
            enqueue_on_commit(index_resource, row.pk)
    return len(changed)


def refresh_all() -> int:
    """Repair every row; return how many were wrong."""
    keys = list(Resource.objects.order_by("pk").values_list("pk", flat=True))
    return sum(refresh(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


def _work_out(row: Resource, skills: set[int], files: list[ResourceFile], headings: str) -> bool:
    formats = {Format(file.kind) for file in files} | ({Format.LINK} if row.link else set())
    told = {
        "skill_keys": sorted(skills),
        "reach": reach_of(row.territories),
        "formats": [code for code in Format if code in formats],
        "headings": headings,
        "thumbnail": next((file.thumbnail.name for file in files if file.thumbnail), ""),
    }
    before = {name: getattr(row, name) for name in told}
    for name, value in told.items():
        setattr(row, name, value)
    return before != told


def _skills(rows: list[Resource]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    carried = Resource.skills.through.objects.filter(resource__in=rows)
    for resource, skill, domain in carried.values_list("resource", "skill", "skill__parent"):
        found[resource] |= {key for key in (skill, domain) if key is not None}
    return found


def _files(rows: list[Resource]) -> dict[int, list[ResourceFile]]:
    found: dict[int, list[ResourceFile]] = defaultdict(list)
    latest = ResourceFile.objects.filter(resource__in=rows).current().exclude(kind=FileKind.SUBTITLES)
    for file in latest.only("resource_id", "kind", "thumbnail", "position").order_by("position"):
        found[file.resource_id].append(file)
    return found
