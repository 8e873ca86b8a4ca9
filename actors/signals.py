"""What this app tells the apps above it; receivers run inside the sender's transaction."""

from django.dispatch import Signal

actor_approved = Signal()  # actor
actor_left = Signal()  # actor: no longer approved
offers_changed = Signal()  # actor
actors_merged = Signal()  # kept, absorbed, acting_user, why: what points to `absorbed` goes to `kept`
