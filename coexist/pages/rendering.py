"""A page's Markdown as HTML, with the facts and tables that the software knows better than a text."""

import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coexist.common import retention
from coexist.common.cookies import COOKIES
from coexist.common.legal import FACTS
from coexist.common.markdown import render

WORD = re.compile(r"{{\s*(\w+)\s*}}")
# A paragraph of its own: {{ cookies }} alone on its line.
BLOCKS: dict[str, Callable[[], str]] = {
    "cookies": lambda: render_to_string("pages/_cookies.html", {"cookies": COOKIES}),
    "durees_de_conservation": lambda: render_to_string("pages/_retention.html", {"rules": retention.rules()}),
}


def render_page(body: str) -> SafeString:
    """HTML of a page; what nobody filled in is said to be missing."""
    facts = {fact.word: fact.value or _("[à compléter : %(what)s]") % {"what": fact.label} for fact in FACTS}
    html = str(render(WORD.sub(lambda found: facts.get(found[1], found[0]), body), below=1))
    for name, block in BLOCKS.items():
        html = re.sub(rf"<p>{{{{\s*{name}\s*}}}}</p>", lambda found, block=block: block(), html)  # type: ignore[misc]
    return mark_safe(html)  # noqa: S308 - the text was cleaned, the blocks are our own templates


def known_words() -> list[tuple[str, Any]]:
    """What an editor may write between double braces, and what it stands for."""
    tables = [("cookies", _("la liste des cookies")), ("durees_de_conservation", _("le tableau des durées"))]
    return [*((fact.word, fact.label) for fact in FACTS), *tables]
