"""What this app keeps about a person: what they wrote and sent, which belongs to their actor and stays."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Collection, LoanRequest, LoanStep, Resource, ResourceFile

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
register_holding(
    Holding(
        "collections",
        _("Les parcours de la médiathèque que vous avez créés"),
        ("title", "created_at"),
        lambda person, addresses: Collection.objects.filter(created_by=person),
    )
)
register_holding(
    Holding(
        "loans_asked",
        _("Les emprunts que vous avez demandés"),
        ("resource", "actor", "starts_on", "ends_on", "place", "message", "state", "created_at"),
        lambda person, addresses: LoanRequest.objects.filter(asked_by=person).select_related("resource", "actor"),
    )
)
register_holding(
    Holding(
        "loan_steps",
        _("Ce que vous avez décidé sur des emprunts"),
        ("loan", "state", "why", "at"),
        lambda person, addresses: LoanStep.objects.filter(by=person).select_related("loan__resource", "loan__actor"),
    )
)
