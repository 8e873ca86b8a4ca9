"""What this app tells the apps above it; receivers run inside the sender's transaction."""

from django.dispatch import Signal

actor_approved = Signal()  # actor
actor_left = Signal()  # actor: no longer approved
offers_changed = Signal()  # actor
