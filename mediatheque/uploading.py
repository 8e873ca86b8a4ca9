"""The files of a resource: sent, replaced by a new version, taken away, read."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from actors.models import User
from coexist.common.jobs import enqueue_on_commit

from .derived import refresh
from .extraction import work
from .models import Resource, ResourceFile
from .services import ResourceError, locked, note_change
from .sniffing import Prepared
from .tasks import read_file

MOST_FILES = 30  # of one resource, versions aside


@transaction.atomic
def add_file(
    *, resource: Resource, prepared: Prepared, acting_user: User | None, label: str = "", language: str = "",
    replaces: ResourceFile | None = None, video: ResourceFile | None = None, form_key: UUID | None = None,
) -> ResourceFile:  # fmt: skip
    """A new file, a new version of one, or subtitles of a video; the worker then reads it. Raises ResourceError.

    Sent twice by the same form, it is there once.
    """
    row = locked(resource)
    if form_key and (earlier := ResourceFile.objects.filter(form_key=form_key, resource=row).first()):
        return earlier
    if row.files.current().filter(sha256=prepared.sha256).exists():
        raise ResourceError(_("Ce fichier est déjà dans cette ressource."))
    position, version = _place(row, replaces)
    made = ResourceFile(
        resource=row, position=position, version=version, video=video, language=language, name=prepared.name,
        label=label or (replaces.label if replaces else ""), kind=prepared.kind, ending=prepared.ending,
        size=prepared.size, sha256=prepared.sha256, uploaded_by=acting_user, form_key=form_key,
    )  # fmt: skip
    if replaces:
        row.files.filter(position=position).update(is_latest=False)
    made.file.save(prepared.content.name or "", prepared.content, save=False)
    made.save()
    _touched(row)
    enqueue_on_commit(read_file, made.pk)
    return made


@transaction.atomic
def remove_file(*, file: ResourceFile) -> None:
    """With its earlier versions; what was stored follows the night after, and is served to nobody meanwhile."""
    row = locked(file.resource)
    row.files.filter(position=file.position).delete()
    _touched(row)


@transaction.atomic
def read_again(*, file: ResourceFile) -> None:
    """From its first page."""
    work.start_over(file)
    enqueue_on_commit(read_file, file.pk)


def same_elsewhere(files: list[ResourceFile], visible: "QuerySet[ResourceFile]") -> dict[int, ResourceFile]:
    """By key of a file, one of the same content in another resource, of those that somebody may see."""
    found = visible.filter(sha256__in=[file.sha256 for file in files], is_latest=True).select_related("resource")
    by_hash: dict[str, list[ResourceFile]] = {}
    for other in found.order_by("pk")[:100]:
        by_hash.setdefault(other.sha256, []).append(other)
    pairs = {
        file.pk: next((one for one in by_hash.get(file.sha256, []) if one.resource_id != file.resource_id), None)
        for file in files
    }
    return {key: other for key, other in pairs.items() if other is not None}


def _place(row: Resource, replaces: ResourceFile | None) -> tuple[int, int]:
    """Where it stands, and its version; what it replaces is looked up anew: somebody may have been quicker."""
    if replaces is not None:
        latest = row.files.filter(position=replaces.position).aggregate(most=Max("version"))["most"]
        if latest is None:
            raise ResourceError(_("Le fichier à remplacer n'est plus là."))
        return replaces.position, latest + 1
    if row.files.current().count() >= MOST_FILES:
        raise ResourceError(_("Trente fichiers par ressource au plus : retirez-en un d'abord."))
    last = row.files.aggregate(most=Max("position"))["most"] or 0
    return last + 1, 1


def _touched(row: Resource) -> None:
    note_change(row)
    row.save(update_fields=["changed_at", "updated_at"])
    refresh([row.pk])
