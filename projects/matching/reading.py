"""What needs and offers are compared by. Derived data; brought up to date before each matching."""

import numpy as np

from actors.models import Actor, Offer
from actors.skills.detection import taxonomy
from coexist.common.language.index import index_rows
from coexist.common.language.vectors import text_key, title_vector, vectors_for
from projects.models import Need

from . import scoring
from .models import NeedPoint, OfferPoint
from .space import need_point, offer_point

CHUNK = 500


def index_need(need: Need) -> None:
    index_rows([need])
    NeedPoint.objects.bulk_create(
        [point_of(need)], update_conflicts=True, unique_fields=["need"], update_fields=["key", "vector"]
    )


def point_of(need: Need) -> NeedPoint:
    """The stored one, or a new one where texts, skills or engine changed since. Nothing is stored."""
    texts = [need.title, need.passage, need.project.passage]
    skills = sorted(skill.pk for skill in need.skills.all())
    key = text_key("\n".join([scoring.VERSION, need.kind, str(skills), *texts]))
    stored = NeedPoint.objects.filter(need=need, key=key).first()
    if stored is not None:
        return stored
    passage, project = vectors_for(texts[1:])
    offer = scoring.offer_query(passage, title_vector(need.title))
    profile = scoring.profile_query(passage, project)
    return NeedPoint(need=need, key=key, vector=need_point(offer, profile, skills, need.kind, _parents()))


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
                [skill.pk for skill in offer.skills.all()], offer.kind, parents,
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
