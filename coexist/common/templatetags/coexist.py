"""Tags and filters that every template may use."""

import re
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coexist.common import markdown as markdown_text
from coexist.common.structured import written
from coexist.common.territories import name_of
from coexist.common.themes import Theme

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: RequestContext, url: str, label: str) -> SafeString:
    """A menu entry that says where one is."""
    request = context.get("request")
    here = request is not None and request.path.startswith(url)
    current = SafeString(' aria-current="true"') if here else ""
    return format_html('<li class="nav-item"><a class="nav-link" href="{}"{}>{}</a></li>', url, current, label)


@register.filter
def with_class(field: BoundField, css_class: str) -> SafeString:
    """A form field with a CSS class, tied to its error message."""
    attributes: dict[str, str | bool] = {"class": css_class}
    if field.errors:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{field.id_for_label}_error"}
        attributes["class"] = f"{css_class} is-invalid"
    return field.as_widget(attrs=attributes)


@register.filter
def territory_names(codes: list[str]) -> str:
    return ", ".join(name_of(code) for code in codes)


@register.filter
def theme_items(numbers: list[int]) -> list[Any]:
    return [Theme(number) for number in numbers if number in Theme.values]


@register.filter
def markdown(text: str, below: int = 2) -> SafeString:
    """A text in Markdown as HTML; its headings stand below the page's of level `below`."""
    return markdown_text.render(text, below=below)


@register.simple_tag
def json_ld(facts: dict[str, Any]) -> SafeString:
    return written(facts)


@register.filter
def initials(name: str) -> str:
    """A few letters that stand for a logo: a short acronym, or those of the first and the last long word."""
    words = [word for word in re.split(r"[\W_]+", name) if word]
    long = [word for word in words if len(word) > 3] or words
    letters = long[0][0] + long[-1][0] if len(long) > 1 else "".join(long)[:3]
    return letters.upper()


@register.simple_tag
def absolute(path: str) -> str:
    """A whole address of this site, for what is read elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def share_links(title: str, url: str) -> list[tuple[str, str]]:
    """Pages of others where a link can be shared: plain addresses, nothing of theirs is loaded here."""
    mail = urlencode({"subject": title, "body": f"{title}\n{url}"}, quote_via=quote)
    return [
        (_("Par e-mail"), f"mailto:?{mail}"),
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"),
        ("Mastodon", f"https://share.joinmastodon.org/#{urlencode({'text': f'{title} {url}'}, quote_via=quote)}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
    ]
