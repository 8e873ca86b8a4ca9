"""What this app keeps about a person: the projects they wrote, which belong to their actor and stay."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Project

register_holding(
    Holding(
        "projects",
        _("Les projets que vous avez créés"),
        ("title", "lead", "state", "created_at"),
        lambda person, addresses: Project.objects.filter(created_by=person).select_related("lead"),
    )
)
