"""Tags and filters that every template may use."""

from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coexist.common import markdown as markdown_text
from coexist.common.facet_filters import Option
from coexist.common.finding.findable import Findable
from coexist.common.structured import written
from coexist.common.territories import name_of
from coexist.common.themes import Theme
from coexist.common.waiting import ShownWaiting, scheduler_is_late, waiting_for

register = template.Library()

# Entries that everybody finds in the header, by their address's name.
MENU = {
    "actor-list": gettext_lazy("Acteurs"),
    "need-list": gettext_lazy("Besoins"),
    "project-list": gettext_lazy("Projets"),
    "achievement-list": gettext_lazy("Réalisations"),
    "agenda": gettext_lazy("Agenda"),
    "resource-list": gettext_lazy("Médiathèque"),
    "skill-list": gettext_lazy("Compétences"),
}


@register.simple_tag(takes_context=True)
def nav_link(context: RequestContext, url: str, label: Any) -> SafeString:
    """A menu entry that says where one is."""
    request = context.get("request")
    here = request is not None and request.path.startswith(url)
    current = SafeString(' aria-current="true"') if here else ""
    return format_html('<li class="nav-item"><a class="nav-link" href="{}"{}>{}</a></li>', url, current, label)


@register.simple_tag(takes_context=True)
def menu_links(context: RequestContext) -> SafeString:
    return format_html_join("", "{}", ((nav_link(context, reverse(name), label),) for name, label in MENU.items()))


@register.simple_tag(takes_context=True)
def menu_entry(context: RequestContext) -> str:
    """The menu's entry that says where one is, by its address's name; "" under none."""
    request = context.get("request")
    path = request.path if request is not None else ""
    return next((name for name in MENU if path.startswith(reverse(name))), "")


@register.simple_tag(takes_context=True)
def work_waiting(context: RequestContext) -> list[ShownWaiting]:
    """What waits for the animator who looks."""
    return waiting_for(context["request"].user)


@register.simple_tag
def scheduler_late() -> bool:
    return scheduler_is_late()


@register.filter
def with_class(field: BoundField, css_class: str) -> SafeString:
    """A form field with a CSS class, tied to its error message."""
    attributes: dict[str, str | bool] = {"class": css_class}
    if field.errors:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{field.id_for_label}_error"}
        attributes["class"] = f"{css_class} is-invalid"
    return field.as_widget(attrs=attributes)


@register.simple_tag
def facet_options(name: str, options: Iterable[Option]) -> SafeString:
    """Checkboxes of a facet, written in one go: a template for each would take longer than the list itself."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<label class="facet-option"><input class="form-check-input" type="checkbox"'
            f' id="id_{name}_{escape(one.value)}" name="{name}" value="{escape(one.value)}"'
            f"{' checked' if one.is_chosen else ''}>"
            f'<span>{escape(one.label)}</span><span class="facet-count">{spaced(one.count)}</span></label>'
            for one in options
        )
    )


@register.filter
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """A text in pieces (`wanted.marked`), those searched for in a mark; in one go, as `facet_options`."""
    written = (f"<mark>{escape(text)}</mark>" if is_word else escape(text) for text, is_word in pieces)
    return mark_safe("".join(written))  # noqa: S308 - each piece is escaped


@register.simple_tag
def list_url(findable: Findable, words: str) -> str:
    """A room's own list, searched for the same words."""
    return findable.list_url(words)


@register.filter
def spaced(number: int) -> str:
    """A number as French writes it: 12 345, with a space that never breaks."""
    return f"{number:,}".replace(",", "\u202f")


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


@register.simple_tag
def absolute(path: str) -> str:
    """A whole address of this site, for what is read elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def as_webcal(address: str) -> str:
    """The same address in the scheme that opens the visitor's own calendar, which asks for it as https or http."""
    return f"webcal://{address.partition('://')[2]}"


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


@register.filter
def of_key(values: dict, key: Any) -> Any:
    """A dictionary's value by a key that is a variable."""
    return values.get(key)


# In this order: each names itself after those it descends from.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def browser_name(user_agent: str) -> str:
    """ "Firefox, Windows" out of what the browser says of itself; people know their devices by these words."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or _("Navigateur inconnu")
