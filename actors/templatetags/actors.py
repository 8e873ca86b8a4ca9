"""Labels of the codes that offers and needs share."""

from collections.abc import Iterable

from django import template

from actors.enums import MODE_HELP, Language, Mode

register = template.Library()


@register.filter
def mode_labels(codes: Iterable[str]) -> list[str]:
    return [str(Mode(code).label) for code in codes if code in Mode.values]


@register.filter
def language_labels(codes: Iterable[str]) -> str:
    return ", ".join(str(Language(code).label) if code in Language.values else code for code in codes)


@register.simple_tag
def mode_help() -> list[tuple[str, str]]:
    return [(str(mode.label), str(MODE_HELP[mode])) for mode in Mode]
