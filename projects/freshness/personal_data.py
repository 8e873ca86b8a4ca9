from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Nudge

register_holding(
    Holding(
        "nudges",
        _("Quand nous vous avons demandé de confirmer"),
        ("at", "number"),
        lambda person, addresses: Nudge.objects.filter(person=person),
        erase=lambda person, addresses: Nudge.objects.filter(person=person).delete(),
    )
)
