from typing import Any

from django import template

from ..rules import may_read_reports

register = template.Library()


@register.filter
def reads_reports(user: Any) -> bool:
    """Whether a page may lead this person to the figures of a period."""
    return may_read_reports(user)
