"""The one way a match is explained on a page and in a mail."""

from django import template

from projects.matching.models import Match
from projects.matching.reasons import Explanation, explain

register = template.Library()


@register.simple_tag
def explanation(match: Match) -> Explanation:
    return explain(match)
