"""`manage.py check --deploy` says which legal facts are missing."""

from typing import Any

from django.core.checks import Info, Tags, register

from coexist.common.legal import missing


@register(Tags.compatibility, deploy=True)
def legal_facts_are_given(app_configs: Any, **kwargs: Any) -> list[Info]:
    """No warning: a site without them runs, and its pages say themselves what is missing."""
    return [
        Info(f"{fact.variable} is empty: the legal pages say so to every visitor.", id="pages.I001")
        for fact in missing()
    ]
