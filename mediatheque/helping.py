"""Which resources help somebody who works on something: the one rule, whatever the page.

A plain weighted sum; nothing is learnt and nothing stored. Constants are chosen so that a resource is shown for a
skill, or for a domain with a theme or a place. Theme and place without either say nothing: half of the network works
in one region for the same goal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10
from typing import Any

from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from actors.enums import Language
from actors.models import Skill
from coexist.common.labels import label_of
from coexist.common.territories import name_of, reach_of, shared_territories
from coexist.common.themes import Theme

from .models import Resource
from .querysets import public_resource

SKILL = 2.0  # for each skill in common, divided by 1 + log10(how many public resources have it)
DOMAIN = 0.8  # for each domain of skills in common, whether or not a skill of it is
THEME = 0.4  # a theme in common
PLACE = 0.4  # a territory in common, or one inside the other
LANGUAGE = 0.1  # a language in common
LEAST = 1.1  # below, it is not shown: a domain and a language; a theme, a place and a language
SHOWN = 6
MOST_SKILLS = 20  # of what is worked on, with their domains
REASONS = 3
SHOWN_OF_IT = (
    "title", "slug", "kind", "year", "themes", "territories", "languages", "skill_keys", "publisher__name",
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What somebody works on. `skills` are keys, or a query for them; domains are found from them."""

    skills: Any = ()
    themes: Iterable[int] = ()
    territories: Iterable[str] = ()
    languages: Iterable[str] = ()


@dataclass(frozen=True)
class Help:
    resource: Resource
    reasons: list[str]


def helping(work: Work, most: int = SHOWN) -> list[Help]:
    """Public resources that help, best first, with why. Two queries; none without skills."""
    skills = _skills(work.skills)
    themes, places = list(work.themes), reach_of(work.territories)
    if not skills:
        return []
    found = Resource.objects.public().filter(skill_keys__overlap=[skill.pk for skill in skills])
    score: Any = Value(0.0, output_field=FloatField())
    for skill in skills:
        score = score + _if(Q(skill_keys__contains=[skill.pk]), _weight(skill))
    if themes:
        score = score + _if(Q(themes__overlap=themes), THEME)
    if places:
        score = score + _if(_in_place(work.territories, places), PLACE)
    if languages := list(work.languages):
        score = score + _if(Q(languages__overlap=languages), LANGUAGE)
    rows = found.annotate(score=score).filter(score__gte=LEAST).select_related("publisher").only(*SHOWN_OF_IT)
    best = rows.order_by("-score", F("published_at").desc(nulls_last=True), "-pk")[:most]
    return [Help(row, _reasons(row, skills, work)) for row in best]


def _skills(keys: Any) -> list[Skill]:
    """The skills and their domains, with `holders`: how many public resources have each skill."""
    if not isinstance(keys, QuerySet) and not keys:
        return []
    named = Q(pk__in=keys) | Q(pk__in=Skill.objects.filter(pk__in=keys).values("parent"))
    holders = Count("resources", filter=public_resource("resources__"))
    return list(
        Skill.objects.filter(named).annotate(holders=holders).only("code", "parent", "name_fr", "name_en")
        .order_by("holders", "pk")[:MOST_SKILLS]
    )  # fmt: skip


def _in_place(territories: Iterable[str], places: list[str]) -> Q:
    """It speaks of one of the territories, of a part of it, or of what contains it."""
    return Q(reach__overlap=list(territories)) | Q(territories__overlap=places)


def _weight(skill: Any) -> float:
    return DOMAIN if skill.parent_id is None else SKILL / (1 + log10(max(skill.holders, 1)))


def _if(condition: Q, weight: float) -> Case:
    return Case(When(condition, then=Value(weight)), default=Value(0.0), output_field=FloatField())


def _reasons(row: Resource, skills: list[Skill], work: Work) -> list[str]:
    """What a person can check comes first; a domain is told where no skill of it is."""
    own = set(row.skill_keys)
    shared = [skill for skill in skills if skill.pk in own]
    told = {skill.parent_id for skill in shared}
    said = [_("Compétence : %(skill)s") % {"skill": skill.name} for skill in shared if skill.parent_id]
    said += [
        _("Domaine de compétence : %(domain)s") % {"domain": domain.name}
        for domain in shared if domain.parent_id is None and domain.pk not in told
    ]  # fmt: skip
    if places := shared_territories(row.territories, work.territories):
        said.append(_("Territoire : %(where)s") % {"where": name_of(places[0])})
    if themes := sorted(set(row.themes) & set(work.themes)):
        said.append(_("Thème : %(theme)s") % {"theme": label_of(Theme, themes[0])})
    if languages := [code for code in row.languages if code in set(work.languages)]:
        said.append(_("Langue : %(language)s") % {"language": label_of(Language, languages[0])})
    return said[:REASONS]
