"""Markdown that people write, shown as HTML that can do no harm.

Written twice over: HTML in the text stays text (markdown-it-py), and what comes out passes a list of
what is allowed (nh3). Images are left out: one from elsewhere would tell who reads the page.
"""

from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LOWEST_HEADING = 6
TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "table", "thead",
    "tbody", "tr", "th", "td", *(f"h{level}" for level in range(1, LOWEST_HEADING + 1)),
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


@lru_cache(maxsize=200)
def render(text: str, *, below: int = 2) -> SafeString:
    """HTML of a text whose first headings stand just below the page's headings of level `below`."""
    tokens = _parser().parse(text.replace("\x00", ""))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, LOWEST_HEADING)}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="nofollow noopener"
    )
    return mark_safe(cleaned)  # noqa: S308 - nh3 has just cleaned it


@cache
def _parser() -> MarkdownIt:
    """Line breaks stay, as whoever writes plain text expects; four spaces make no block of code."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.disable("code")
    parser.add_render_rule("image", _words_of_an_image)
    return parser


def _words_of_an_image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping) -> str:
    return escape(tokens[index].content)
