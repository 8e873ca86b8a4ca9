"""What a person wrote to others: it stays with them, without a name."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Introduction

register_holding(
    Holding(
        "introductions_asked",
        _("Vos demandes de mise en relation"),
        ("need", "actor", "message", "state", "created_at"),
        lambda person, addresses: Introduction.objects.filter(asked_by=person).select_related("need", "actor"),
    )
)
register_holding(
    Holding(
        "introductions_answered",
        _("Vos réponses à des mises en relation"),
        ("need", "actor", "reply", "state", "answered_at"),
        lambda person, addresses: Introduction.objects.filter(answered_by=person).select_related("need", "actor"),
    )
)
