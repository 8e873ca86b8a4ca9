"""What this app keeps about a person: the refusals they wrote, which stay, without a name."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Refusal

register_holding(
    Holding(
        "refusals",
        _("Vos refus de correspondances"),
        ("need", "actor", "reason", "text", "created_at"),
        lambda person, addresses: Refusal.objects.filter(user=person).select_related("need", "actor"),
    )
)
