"""What needs and offers are compared by. Derived data; brought up to date before each matching."""

import numpy as np
from django.db import transaction

from actors.models import Actor, Offer
from actors.skills.detection import taxonomy
from coexist.common.language.index import index_rows
from coexist.common.language.vectors import mean_direction, text_key, vectors_for, ways_of_writing
from projects.models import Need

from . import scoring
from .enums import Subject
from .models import MOST_ATTEMPTS, MatchingDue, NeedPoint, OfferPoint
from .space import need_point, offer_point

CHUNK = 500


def is_rereading() -> bool:
    """Whether all is read anew, after a release that emptied the points: no matching would find what it should."""
    return MatchingDue.objects.filter(subject=Subject.READ, attempts__lt=MOST_ATTEMPTS).exists()


def index_need(need: Need) -> None:
    point = point_of(need)  # first: it encodes all of the need's texts at once
    with transaction.atomic():
        index_rows([need])
        NeedPoint.objects.bulk_create(
            [point], update_conflicts=True, unique_fields=["need"], update_fields=["key", "vector"]
        )


def point_of(need: Need) -> NeedPoint:
    """The one at hand or stored, or a new one where texts, skills or engine changed since. Nothing is stored."""
    texts = [need.passage, need.project.passage, *ways_of_writing(need.title)]
    skills = sorted(skill.pk for skill in need.skills.all())
    key = text_key("\n".join([scoring.VERSION, need.kind, str(sorted(need.modes)), str(skills), *texts]))
    known: NeedPoint | None = getattr(need, "point", None)
    if known is not None and known.key == key:
        return known
    passage, project, *titles = vectors_for(texts)
    offer = scoring.offer_query(passage, mean_direction(titles))
    profile = scoring.profile_query(passage, project)
    return NeedPoint(need=need, key=key, vector=need_point(offer, profile, skills, need.kind, need.modes, _parents()))


def index_actor(actor: Actor) -> None:
    index_actors([actor])


def index_actors(actors: list[Actor]) -> None:
    """Profiles and offers of the actors, and where needs find them."""
    offers = list(Offer.objects.filter(actor__in=actors).select_related("actor").prefetch_related("skills"))
    index_rows([*actors, *offers])
    vectors = {actor.pk: actor.vector for actor in actors}
    parents = _parents()
    points = [
        OfferPoint(
            offer=offer,
            vector=offer_point(
                _floats(offer.vector), _floats(vectors[offer.actor_id]),
                [skill.pk for skill in offer.skills.all()], offer.kind, offer.modes, parents,
            ),
        )
        for offer in offers
    ]  # fmt: skip
    OfferPoint.objects.bulk_create(
        points, update_conflicts=True, unique_fields=["offer"], update_fields=["vector"], batch_size=CHUNK
    )


def _floats(vector: object) -> np.ndarray:
    return np.asarray(vector, dtype=np.float32)


def _parents() -> dict[int, int | None]:
    return {key: skill.parent_id for key, skill in taxonomy().skills.items()}
