"""Filters of what is printed."""

from django import template

from events.programme import typography

register = template.Library()


@register.filter
def page_of(pages: dict[str, int], anchor: str) -> int:
    """Where something stands; 0 as long as that is not known."""
    return pages.get(anchor, 0)


register.filter("french", typography.french)
register.filter("clock", typography.clock)
