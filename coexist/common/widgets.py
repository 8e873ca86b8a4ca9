"""Selects of hundreds of options, written in one go: Django renders one template for each option."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class _WrittenInOneGo(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = mark_safe("".join(_group(label, options) for label, options, _index in widget["optgroups"]))  # noqa: S308
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(label: str | None, options: list[dict]) -> SafeString:
    selected = mark_safe(" selected")
    written = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((option["value"], selected if option["selected"] else "", option["label"]) for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, written) if label else written


class LongSelect(_WrittenInOneGo):
    pass


class LongSelectMultiple(_WrittenInOneGo, forms.SelectMultiple):
    pass
