"""The taxonomy in memory, and its skills found in free text."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.db.models import Count, Max

from .lexicon import Lexicon, Mention
from .models import Skill, name_column


@dataclass(frozen=True)
class Taxonomy:
    """Every domain and skill by key, in the order of their French names."""

    skills: dict[int, Skill]

    @cached_property
    def keys(self) -> dict[str, int]:
        """Of the skills, by code."""
        return {skill.code: key for key, skill in self.skills.items()}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Codes and names, for a form."""
        code_and_name = attrgetter("code", name_column())
        return [code_and_name(skill) for skill in self.skills.values()]

    @cached_property
    def lexicon(self) -> Lexicon:
        """An expression of two skills names the one that was there first."""
        return Lexicon((key, label) for key, skill in sorted(self.skills.items()) for label in skill.labels)


_current: tuple[object, Taxonomy] | None = None


def taxonomy() -> Taxonomy:
    """As it stands now; one small query asks whether a skill was added, changed or removed."""
    global _current
    state = Skill.objects.aggregate(latest=Max("updated_at"), number=Count("pk"))
    if _current is None or _current[0] != state:
        skills = Skill.objects.select_related("parent").order_by("name_fr")
        _current = (state, Taxonomy({skill.pk: skill for skill in skills}))
    return _current[1]


def detect(text: str) -> list[Mention]:
    """Skills that `text` names, by the taxonomy of the database."""
    return taxonomy().lexicon.find(text)
