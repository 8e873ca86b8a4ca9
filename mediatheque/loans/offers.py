"""What the library lends is an offer of its publisher like any other: matched, searched, shown on its page.

The one place where such an offer is made, changed and taken away. It is written with its resource, in the same
transaction, and its page is the resource's.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from actors.enums import Mode, OfferKind
from actors.models import Actor, Offer, User
from actors.services import delete_offer, save_offer

from ..enums import ResourceKind, ResourceState
from ..models import Resource
from ..querysets import lent_resource

LONGEST_TITLE, LONGEST_DETAIL = 150, 2000
AT_ONCE = 200  # rows that a night repairs


def keep_offer(resource: Resource, *, acting_user: User | None) -> None:
    """Make the offer what the resource says; the resource and its publisher are locked."""
    if not (resource.is_lent and resource.state == ResourceState.PUBLISHED):
        _end(resource, acting_user)
        return
    offer = resource.offer or Offer(actor=resource.publisher, kind=OfferKind.EQUIPMENT, modes=[Mode.LOAN])
    told, skills = _told(resource), list(resource.skills.all())
    if offer.pk and {name: getattr(offer, name) for name in told} == told and set(offer.skills.all()) == set(skills):
        return
    for name, value in told.items():
        setattr(offer, name, value)
    save_offer(offer=offer, skills=skills, acting_user=acting_user)
    _link(resource, offer)


def repair_offers() -> int:
    """Resources whose offer is missing, or should be gone (rows from before, a crash); return how many."""
    lent = lent_resource() & Q(state=ResourceState.PUBLISHED)
    wrong = Resource.objects.filter((lent & Q(offer=None)) | (~lent & Q(offer__isnull=False))).order_by("pk")
    keys = list(wrong.values_list("pk", "publisher")[:AT_ONCE])
    for key, publisher in keys:
        with transaction.atomic():
            Actor.objects.select_for_update(no_key=True).get(pk=publisher)
            row = Resource.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=key)
            keep_offer(row, acting_user=None)
    return len(keys)


def _told(resource: Resource) -> dict[str, str]:
    """In the language of the portal, as people write their offers."""
    with override(settings.LANGUAGE_CODE):
        names = {
            ResourceKind.EXHIBITION: gettext("Exposition à emprunter : %(title)s"),
            ResourceKind.EQUIPMENT: gettext("Matériel à emprunter : %(title)s"),
        }
        name = names[ResourceKind(resource.kind)]
        said = name.partition(" ")[0].lower() in resource.title.lower()
        title = resource.title if said else name % {"title": resource.title}
    detail = f"{resource.summary}\n\n{resource.loan}"
    return {
        "title": Truncator(title).chars(LONGEST_TITLE),
        "detail": Truncator(detail).chars(LONGEST_DETAIL),
        "page": resource.get_absolute_url(),
    }


def _end(resource: Resource, acting_user: User | None) -> None:
    offer = resource.offer
    if offer is not None:
        _link(resource, None)
        delete_offer(offer=offer, acting_user=acting_user)


def _link(resource: Resource, offer: Offer | None) -> None:
    """Derived: no version of the resource, and whoever reads it to decide reads on."""
    if resource.offer_id != (offer.pk if offer else None):
        Resource.objects.filter(pk=resource.pk).update(offer=offer)
        resource.offer = offer
