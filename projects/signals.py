"""What this app tells the apps above it; receivers run inside the sender's transaction."""

from django.dispatch import Signal

need_published = Signal()  # need: published, or changed while published
need_ended = Signal()  # need: filled, closed, past its date
