"""The one way a match is explained on a page and in a mail, and the links of its mails."""

from django import template

from actors.models import User
from projects.matching.enums import Reader
from projects.matching.models import Match
from projects.matching.reasons import Explanation, explain
from projects.matching.refusal_links import refusal_url

register = template.Library()


@register.simple_tag
def explanation(match: Match, reader: str = "") -> Explanation:
    """For the project's people unless told otherwise: they may know least."""
    return explain(match, reader or Reader.PROJECT)


@register.simple_tag
def refusal_link(person: User, match: Match) -> str:
    return refusal_url(person=person, actor=match.actor_id, need=match.need_id)
