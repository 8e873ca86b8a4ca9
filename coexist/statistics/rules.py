"""Who may read what is not public among the figures."""

from typing import Any

from actors.querysets import may_see_all

# Whoever reads a count may look at what is counted.
COUNTED = (
    "matching.view_match", "partnerships.view_introduction", "following.view_partnership", "common.view_outgoingemail",
)  # fmt: skip


def may_read_reports(user: Any) -> bool:
    return all(may_see_all(user, permission) for permission in COUNTED)
