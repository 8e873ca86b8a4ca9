"""The taxonomy in memory, for lists that name many skills; read anew when a skill changed."""

from django.db.models import Count, Max

from .models import Skill

_current: tuple[object, dict[int, Skill]] | None = None


def version() -> object:
    """Something else whenever a skill was added, changed or removed; one small query."""
    state = Skill.objects.aggregate(latest=Max("updated_at"), number=Count("pk"))
    return state["latest"], state["number"]


def skills() -> dict[int, Skill]:
    """Every domain and skill by key, in the order of their French names."""
    global _current
    now = version()
    if _current is None or _current[0] != now:
        _current = (now, {skill.pk: skill for skill in Skill.objects.select_related("parent").order_by("name_fr")})
    return _current[1]
