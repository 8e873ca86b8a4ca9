"""Writing campaigns. What is proposed for them: proposals.py; what becomes of it: moderation.py."""

from datetime import date
from uuid import UUID

from django.db import transaction

from actors.models import Actor, User
from projects import services as projects
from projects.enums import NeedState, ProjectState, Stage
from projects.models import Project

from .enums import CampaignState
from .models import Activity, Campaign, Meeting


@transaction.atomic
def save_campaign(*, campaign: Campaign, lead: Actor, acting_user: User) -> Campaign:
    """Keep a campaign and its project: the project is public with it, and closed with it."""
    project = Project.objects.select_for_update().get(pk=campaign.project_id) if campaign.pk else Project()
    project.lead, project.title = lead, str(campaign)[:150]
    project.summary = campaign.theme[:280]
    project.description = campaign.text[:6000]
    project.territories = campaign.territories
    if not project.pk:
        project.stage = Stage.LOOKING_FOR_PARTNERS
    projects.save_project(project=project, acting_user=acting_user)
    campaign.project = project
    campaign.save()
    Activity.objects.filter(campaign=campaign).exclude(agenda_year=None).update(agenda_year=campaign.year)
    if campaign.is_under_way:
        projects.publish(project=project, needs=[], acting_user=acting_user)
    elif campaign.state == CampaignState.CLOSED and project.state == ProjectState.PUBLISHED:
        _close(project, acting_user)
    return campaign


@transaction.atomic
def add_meeting(*, campaign: Campaign, territory: str, title: str, on: date, form_key: UUID) -> Meeting:
    """A line of a ground's checklist; a second click finds the first."""
    told = {"campaign": campaign, "territory": territory, "title": title, "on": on}
    return Meeting.objects.get_or_create(form_key=form_key, defaults=told)[0]


@transaction.atomic
def mark_meeting(*, meeting: Meeting, is_done: bool, acting_user: User) -> None:
    """Held, or not after all."""
    meeting.is_done, meeting.done_by = is_done, acting_user if is_done else None
    meeting.save(update_fields=["is_done", "done_by"])


def _close(project: Project, acting_user: User) -> None:
    """Its needs end with it."""
    for need in project.needs.filter(state=NeedState.PUBLISHED):
        projects.end_need(need=need, state=NeedState.CLOSED, acting_user=acting_user)
    project.state = ProjectState.CLOSED
    project.save(update_fields=["state", "updated_at"])
