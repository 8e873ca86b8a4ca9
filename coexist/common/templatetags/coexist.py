"""Tags and filters that every template may use."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coexist.common.territories import name_of
from coexist.common.themes import Theme
from coexist.common.waiting import ShownWaiting, scheduler_is_late, waiting_for

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: RequestContext, url: str, label: str) -> SafeString:
    """A menu entry that says where one is."""
    request = context.get("request")
    here = request is not None and request.path.startswith(url)
    current = SafeString(' aria-current="true"') if here else ""
    return format_html('<li class="nav-item"><a class="nav-link" href="{}"{}>{}</a></li>', url, current, label)


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


@register.filter
def territory_names(codes: list[str]) -> str:
    return ", ".join(name_of(code) for code in codes)


@register.filter
def theme_items(numbers: list[int]) -> list[Any]:
    return [Theme(number) for number in numbers if number in Theme.values]
