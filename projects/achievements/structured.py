"""A published achievement in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from coexist.common.structured import without_empty
from coexist.common.territories import name_of
from coexist.common.themes import Theme

from .models import Achievement, Contribution, Picture


def achievement_facts(row: Achievement, sides: Iterable[Contribution], pictures: Iterable[Picture]) -> dict[str, Any]:
    """Facts of the page, which is an article by its actors about what they did."""
    return without_empty(
        {
            "@type": "Article",
            "headline": row.title,
            "description": row.summary,
            "url": settings.SITE_URL + row.get_absolute_url(),
            "datePublished": row.published_at.date().isoformat() if row.published_at else "",
            "inLanguage": "fr",
            "author": [
                {
                    "@type": "Organization",
                    "name": side.actor.name,
                    "url": settings.SITE_URL + side.actor.get_absolute_url(),
                }
                for side in sides
            ],
            "image": [
                {
                    "@type": "ImageObject",
                    "contentUrl": settings.SITE_URL + picture.url,
                    "caption": picture.alternative,
                    "creditText": picture.credit,
                }
                for picture in pictures
            ],
            "contentLocation": [str(name_of(code)) for code in row.territories],
            "keywords": [str(Theme(number).label) for number in row.themes if number in Theme.values],
        }
    )
