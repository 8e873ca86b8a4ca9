"""Writing collections."""

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.slugs import free_slug

from .models import Collection, CollectionStep


def save_collection(*, collection: Collection, acting_user: User | None) -> Collection:
    """Keep it; its address stays once it has one, its date of publication too."""
    if not collection.pk:
        collection.created_by = acting_user
    collection.slug = collection.slug or free_slug(Collection, collection.title)
    if collection.is_published:
        collection.published_at = collection.published_at or timezone.now()
    collection.save()
    return collection


@transaction.atomic
def number_steps(collection: Collection) -> None:
    """1, 2, 3… in the order given, so that there is room for none in between and nobody counts."""
    Collection.objects.select_for_update().get(pk=collection.pk)
    steps = list(collection.steps.order_by("position", "pk"))
    for number, step in enumerate(steps, 1):
        step.position = number
    CollectionStep.objects.bulk_update(steps, ["position"])
