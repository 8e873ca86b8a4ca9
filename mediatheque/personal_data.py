"""What this app keeps about a person: what they wrote and sent, which belongs to their actor and stays."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Resource, ResourceFile

register_holding(
    Holding(
        "resources",
        _("Les ressources que vous avez créées ou soumises"),
        ("title", "publisher", "state", "created_at"),
        lambda person, addresses: (
            Resource.objects.filter(created_by=person) | Resource.objects.filter(submitted_by=person)
        ).select_related("publisher"),
    )
)
register_holding(
    Holding(
        "resource_files",
        _("Les fichiers que vous avez déposés dans la médiathèque"),
        ("name", "resource", "size", "at"),
        lambda person, addresses: ResourceFile.objects.filter(uploaded_by=person).select_related("resource"),
    )
)
