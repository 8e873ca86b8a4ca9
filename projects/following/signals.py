"""What this app tells the apps above it; receivers run inside the sender's transaction."""

from django.dispatch import Signal

partnership_completed = Signal()  # partnership, acting_user
