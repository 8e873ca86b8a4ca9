"""Facts of a public page for machines: JSON-LD in the words of schema.org.

It stands in a script element that browsers do not run (its type is no script's), so the content
security policy has nothing to stop.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Nothing in it can end the element or begin another (HTML, "script data state").
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def without_empty(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [], {})}


def written(facts: dict[str, Any]) -> SafeString:
    """The element, with its context."""
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped just above
