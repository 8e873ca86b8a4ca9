"""An event's public facts in the words of schema.org."""

from typing import Any

from django.conf import settings

from coexist.common.structured import without_empty

from .models import Event, Occurrence

SCHEDULED, CANCELLED, MOVED = (
    f"https://schema.org/Event{word}" for word in ("Scheduled", "Cancelled", "Rescheduled")
)  # fmt: skip
ONLINE, OFFLINE, MIXED = (
    f"https://schema.org/{word}EventAttendanceMode" for word in ("Online", "Offline", "Mixed")
)  # fmt: skip


def event_facts(event: Event, occurrence: Occurrence) -> dict[str, Any]:
    """Facts of one date of a public event. Where people meet online is for the registered."""
    return without_empty(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "url": settings.SITE_URL + occurrence.get_absolute_url(),
            "startDate": _moment(occurrence.local_start, event),
            "endDate": _moment(occurrence.local_end, event),
            "eventStatus": CANCELLED if occurrence.is_off else MOVED if occurrence.is_moved else SCHEDULED,
            "eventAttendanceMode": _mode(event),
            "location": _location(event),
            "image": settings.SITE_URL + event.image_url if event.image else "",
            "inLanguage": event.languages,
            "isAccessibleForFree": not event.price,
            "maximumAttendeeCapacity": event.capacity,
            "organizer": {
                "@type": "Organization",
                "name": event.organiser.name,
                "url": settings.SITE_URL + event.organiser.get_absolute_url(),
            },
        }
    )


def _moment(moment: Any, event: Event) -> str:
    return moment.date().isoformat() if event.is_all_day else moment.isoformat()


def _mode(event: Event) -> str:
    if event.is_online:
        return MIXED if event.city or event.place else ONLINE
    return OFFLINE


def _location(event: Event) -> dict[str, Any]:
    if not (event.city or event.place):
        return {"@type": "VirtualLocation", "url": settings.SITE_URL + event.get_absolute_url()}
    address = without_empty(
        {
            "streetAddress": event.address, "postalCode": event.postcode, "addressLocality": event.city,
            "addressCountry": str(event.country),
        }
    )  # fmt: skip
    return without_empty(
        {"@type": "Place", "name": event.place or event.city, "address": {"@type": "PostalAddress", **address}}
    )
