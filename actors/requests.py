from django.http import HttpRequest

from .models import User


class MemberRequest(HttpRequest):
    """The request of a view behind the log-in: its user is a person, never an anonymous visitor."""

    user: User
