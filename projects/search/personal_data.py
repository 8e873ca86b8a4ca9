"""The searches that a person keeps, and what they were told of them; both go with the account."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import SavedSearch, Told

register_holding(
    Holding(
        "saved_searches",
        _("Les recherches que vous gardez"),
        ("name", "place", "query", "rhythm", "created_at", "told_at"),
        lambda person, addresses: SavedSearch.objects.filter(person=person),
        erase=lambda person, addresses: SavedSearch.objects.filter(person=person).delete(),
    )
)
register_holding(
    Holding(
        "saved_search_news",
        _("Les nouveautés que vos recherches vous ont annoncées"),
        ("search", "actor", "need", "told_at"),
        lambda person, addresses: (
            Told.objects.filter(search__person=person).select_related("search", "actor", "need").order_by("-pk")
        ),
    )
)
