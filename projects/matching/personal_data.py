"""What this app keeps about a person: their refusals, which stay without a name, and what they were asked."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Refusal, Solicitation

register_holding(
    Holding(
        "refusals",
        _("Vos refus de correspondances"),
        ("need", "actor", "reason", "text", "created_at"),
        lambda person, addresses: Refusal.objects.filter(user=person).select_related("need", "actor"),
    )
)
register_holding(
    Holding(
        "solicitations",
        _("Ce que CoExist et les projets vous ont demandé"),
        ("need", "actor", "channel", "created_at"),
        lambda person, addresses: Solicitation.objects.filter(person=person).select_related("need", "actor"),
        erase=lambda person, addresses: Solicitation.objects.filter(person=person).delete(),
    )
)
