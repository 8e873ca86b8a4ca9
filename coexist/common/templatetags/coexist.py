"""Tags and filters that every template may use."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
