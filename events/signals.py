"""What this room tells the rooms above it; receivers run inside the sender's transaction."""

from django.dispatch import Signal

event_published = Signal()  # event
event_changed = Signal()  # event, moved, relocated, cancelled: keys of dates to come whose people must be told
event_saved = Signal()  # event: its dates, its number of places, or how one registers may be others
