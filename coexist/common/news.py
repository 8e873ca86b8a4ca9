"""What is new in a list, as RSS 2.0: one way for every room."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed

from .printable import printable

CONTENT_TYPE = Rss201rev2Feed.content_type
FRESH = 300  # seconds


@dataclass(frozen=True)
class NewsItem:
    """`identifier` stays the same whatever becomes of the title and the address."""

    identifier: str
    title: str
    path: str
    about: str
    published_at: datetime | None
    categories: Sequence[str] = ()


def rss(items: Iterable[NewsItem], *, title: Any, path: str, about: Any, address: str) -> bytes:
    """The feed of the list at `path`; `address` is its own. `title` and `about` are put into the active language."""
    feed = Rss201rev2Feed(
        title=str(title), link=settings.SITE_URL + path, description=str(about), language=settings.LANGUAGE_CODE,
        feed_url=address,
    )  # fmt: skip
    for item in items:
        feed.add_item(
            title=printable(item.title), link=settings.SITE_URL + item.path, unique_id=item.identifier,
            unique_id_is_permalink=False, description=printable(item.about), pubdate=item.published_at,
            categories=item.categories,
        )  # fmt: skip
    return feed.writeString("utf-8").encode()


def news_answer(
    request: HttpRequest, *, title: Any, path: str, about: Any, items: Callable[[], Sequence[NewsItem]]
) -> HttpResponse:
    """The feed, in the site's language; 304 where the reader has it already. `title` and `about`: lazy translations."""
    with translation.override(settings.LANGUAGE_CODE):
        shown = items()
        mark = f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'
        answer = get_conditional_response(request, etag=mark)
        if answer is None:
            address = settings.SITE_URL + request.get_full_path()
            answer = HttpResponse(rss(shown, title=title, path=path, about=about, address=address), CONTENT_TYPE)
    answer["ETag"] = mark
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer
