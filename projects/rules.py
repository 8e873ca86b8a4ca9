"""Who may do what with projects and needs. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet

from actors.models import Actor
from actors.rules import can_write_for

from .enums import NeedState, ProjectState
from .models import Need, Project

EDITABLE = (ProjectState.DRAFT, ProjectState.WAITING, ProjectState.PUBLISHED)


def can_edit_project(user: Any, project: Project) -> bool:
    return project.state in EDITABLE and can_write_for(user, project.lead)


def can_edit_need(user: Any, need: Need) -> bool:
    return need.state not in (NeedState.FILLED, NeedState.CLOSED) and can_edit_project(user, need.project)


def answering_actors(user: Any, need: Need) -> QuerySet[Actor]:
    """Approved actors in whose name `user` may answer `need`."""
    return Actor.objects.written_by(user).approved().exclude(pk=need.project.lead_id).order_by("name")


def can_end_need(user: Any, need: Need) -> bool:
    return need.state == NeedState.PUBLISHED and can_write_for(user, need.project.lead)
