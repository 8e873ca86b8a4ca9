"""What a person may see and end of their own sessions; django-allauth notes them at log-in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_ended() -> int:
    """Network address and browser are kept as long as the session lasts, and no longer; returns how many went."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return UserSession.objects.exclude(session_key__in=alive.values("session_key")).delete()[0]
