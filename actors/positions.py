"""Where actors stand on the map: the middle of what their address names, until a member moves the pin."""

from coexist.common.places import place_of

from .models import Actor

CHUNK = 500
POSITION = ("latitude", "longitude")


def place(actor: Actor) -> bool:
    """Let the position follow the address, unless it was chosen; not saved. True when it changed."""
    if actor.position_is_chosen:
        return False
    found = place_of(country=str(actor.country or ""), postcode=actor.postcode, city=actor.city)
    wanted = (found.latitude, found.longitude) if found else (None, None)
    changed = wanted != (actor.latitude, actor.longitude)
    actor.latitude, actor.longitude = wanted
    return changed


def place_all() -> int:
    """Give every actor the position of its address; return how many had another."""
    rows = Actor.objects.filter(position_is_chosen=False).only("country", "postcode", "city", *POSITION)
    changed = [actor for actor in rows.iterator(chunk_size=CHUNK) if place(actor)]
    Actor.objects.bulk_update(changed, POSITION, batch_size=CHUNK)
    return len(changed)
