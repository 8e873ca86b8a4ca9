"""Writing projects and needs."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import Actor, Skill, User
from actors.services import detected_skills
from coexist.common.history import recorded
from coexist.common.slugs import free_slug
from coexist.common.territories import reach_of

from .derived import refresh_needs
from .enums import NeedState, ProjectState
from .models import Need, Project
from .signals import need_ended, need_published

WAITS_OR_DRAFT = (NeedState.DRAFT, NeedState.WAITING)


@transaction.atomic
def save_project(*, project: Project, acting_user: User) -> Project:
    """Keep a project; a new one starts as a draft with a page address of its own."""
    if not project.pk:
        project.slug, project.created_by, project.state = (
            free_slug(Project, project.title),
            acting_user,
            ProjectState.DRAFT,
        )
    project.reach = reach_of(project.territories)
    project.save()
    for need in project.needs.filter(state=NeedState.PUBLISHED):
        need_published.send(sender=Need, need=need)
    return project


@transaction.atomic
def save_need(*, need: Need, skills: Iterable[Skill] | None, acting_user: User | None) -> Need:
    """Keep a need; `skills=None` lets the taxonomy read them. A published one is matched anew."""
    need.confirm()
    need.save()
    need.skills.set(skills if skills is not None else detected_skills(need.title))
    refresh_needs([need.pk])
    need.refresh_from_db(fields=["skill_keys"])
    if need.state == NeedState.PUBLISHED:
        need_published.send(sender=Need, need=need)
    return need


@transaction.atomic
def publish(*, project: Project, needs: Iterable[Need], acting_user: User | None) -> bool:
    """Publish at once for an approved actor; else keep them waiting for its approval.

    Returns whether it is public now. Publishing twice changes nothing.
    """
    lead = Actor.objects.select_for_update().get(pk=project.lead_id)
    if not lead.is_approved:
        if project.state == ProjectState.DRAFT:
            _set_project_state(project, ProjectState.WAITING)
        for need in needs:
            if need.state == NeedState.DRAFT:
                need.state = NeedState.WAITING
                need.save(update_fields=["state"])
        return False
    if project.state in (ProjectState.DRAFT, ProjectState.WAITING):
        _set_project_state(project, ProjectState.PUBLISHED)
    for need in needs:
        _publish_need(need)
    return True


@transaction.atomic
def publish_what_waited(actor: Actor) -> None:
    """The actor is approved: what its people had sent becomes public."""
    for project in Project.objects.filter(lead=actor).prefetch_related("needs"):
        waiting = [need for need in project.needs.all() if need.state == NeedState.WAITING]
        if project.state == ProjectState.WAITING or waiting:
            publish(project=project, needs=waiting, acting_user=None)


@transaction.atomic
def move_projects(*, kept: Actor, absorbed: Actor, acting_user: User, why: str) -> None:
    """Two actors became one: its projects are all led by the kept one, and their open needs matched anew."""
    moved = list(Project.objects.filter(lead=absorbed))
    for project in moved:
        project.lead = kept
        with recorded(by=acting_user, why=why):
            project.save(update_fields=["lead"])
    for need in Need.objects.filter(project__in=moved, state=NeedState.PUBLISHED):
        need_published.send(sender=Need, need=need)
    if kept.is_approved:
        publish_what_waited(kept)


@transaction.atomic
def end_need(*, need: Need, state: NeedState, acting_user: User | None) -> bool:
    """Mark a need as filled or closed; False when it already was. Everything about it stops."""
    locked = Need.objects.select_for_update().get(pk=need.pk)
    if locked.state != NeedState.PUBLISHED:
        return False
    locked.state = state
    locked.save(update_fields=["state", "updated_at"])
    need_ended.send(sender=Need, need=locked)
    return True


def _publish_need(need: Need) -> None:
    if need.state not in WAITS_OR_DRAFT:
        return
    need.state = NeedState.PUBLISHED
    need.published_at = need.confirmed_at = timezone.now()
    need.save(update_fields=["state", "published_at", "confirmed_at"])
    need_published.send(sender=Need, need=need)


def _set_project_state(project: Project, state: ProjectState) -> None:
    project.state = state
    if state == ProjectState.PUBLISHED:
        project.published_at = timezone.now()
    project.save(update_fields=["state", "published_at"])
