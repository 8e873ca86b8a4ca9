"""What stands near a resource: the same skills, the same themes, a meaning that is close."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from actors.skills.detection import taxonomy
from coexist.common.hybrid import LEAST_ALIKE
from coexist.common.language.index import distance_to, nearest_first
from coexist.common.panels import SHOWN
from coexist.common.themes import Theme

from ..models import Resource

NEAREST = 20
WITH_A_SKILL, WITH_A_THEME = 60, 40  # the newest of them
SKILL, THEME = 0.6, 0.35  # beside the cosine
LEAST = 0.3


@dataclass(frozen=True)
class _Near:
    key: int
    alike: float
    skills: Sequence[int]
    themes: Sequence[int]
    score: float


def related(resource: Resource, user: Any) -> Sequence[Resource]:
    """Public resources, six at most, the nearest first, each with its `reason`."""
    known = taxonomy().skills
    skills = {key for key in resource.skill_keys if key in known and known[key].parent_id}
    best = sorted(_candidates(resource, skills), key=lambda one: (-one.score, one.key))[:SHOWN]
    rows = Resource.objects.public().with_card_data().in_bulk([one.key for one in best])
    for one in best:
        if one.key in rows:
            rows[one.key].reason = _reason(one, [known[key].name for key in one.skills])
    return [rows[one.key] for one in best if one.key in rows]


def _candidates(resource: Resource, skills: set[int]) -> list[_Near]:
    others = Resource.objects.public().exclude(pk=resource.pk)
    alike = _nearest(resource)
    newest = others.order_by("-published_at", "-pk").values("pk")
    meets = Q(pk__in=list(alike))
    if skills:
        meets |= Q(pk__in=newest.filter(skill_keys__overlap=sorted(skills))[:WITH_A_SKILL])
    if resource.themes:
        meets |= Q(pk__in=newest.filter(themes__overlap=resource.themes)[:WITH_A_THEME])
    found = []
    for key, their_skills, their_themes in others.filter(meets).order_by().values_list("pk", "skill_keys", "themes"):
        same_skills = sorted(skills & set(their_skills))
        same_themes = sorted(set(resource.themes) & set(their_themes))
        all_themes = {*resource.themes, *their_themes}
        score = alike.get(key, 0.0) + SKILL * bool(same_skills) + THEME * len(same_themes) / max(1, len(all_themes))
        if score >= LEAST:
            found.append(_Near(key, alike.get(key, 0.0), same_skills, same_themes, score))
    return found


def _nearest(resource: Resource) -> dict[int, float]:
    """Cosines of the nearest, from the least on that counts."""
    if resource.vector is None:
        return {}
    others = Resource.objects.public().exclude(pk=resource.pk).exclude(vector=None)
    with nearest_first(NEAREST, among=2_000):
        near = others.annotate(far=distance_to(resource.vector)).order_by("far").values_list("pk", "far")[:NEAREST]
        return {key: 1 - far for key, far in near if 1 - far >= LEAST_ALIKE}


def _reason(one: _Near, skills: Sequence[str]) -> str:
    if skills:
        return _("Même compétence : %(skill)s") % {"skill": skills[0]}
    if one.alike >= LEAST or not one.themes:
        return _("Sujet proche")
    return _("Même thème : %(theme)s") % {"theme": Theme(one.themes[0]).label}
