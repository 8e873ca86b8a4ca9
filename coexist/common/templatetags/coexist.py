"""Tags and filters that every template may use."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coexist.common.facet_filters import Option
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
def spaced(number: int) -> str:
    """A number as French writes it: 12 345, with a space that never breaks."""
    return f"{number:,}".replace(",", "\u202f")


@register.filter
def territory_names(codes: list[str]) -> str:
    return ", ".join(name_of(code) for code in codes)


@register.filter
def theme_items(numbers: list[int]) -> list[Any]:
    return [Theme(number) for number in numbers if number in Theme.values]
