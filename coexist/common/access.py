"""Opening a page to visitors: everything else asks for a log-in first."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable)


def public(view: View) -> View:
    """Mark a view as open to people without an account.

    Works on functions and, with `@method_decorator(public, name="dispatch")`, on classes.
    """
    return login_not_required(view)
