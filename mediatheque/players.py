"""Videos on other sites: which page of which site plays them. Nothing is asked of these before somebody clicks."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponseBase

_KEY = re.compile(r"[A-Za-z0-9_-]{6,40}", re.ASCII)
_HOST = re.compile(r"(?=.{4,120}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,20}", re.ASCII)
YOUTUBE = {"www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}


@dataclass(frozen=True)
class Player:
    """`source` is the frame's address; `host`, its scheme and host, is all that the page's policy lets in."""

    site: str
    host: str
    source: str


def player_of(link: str) -> Player | None:
    """None for an address that is no video's. PeerTube is told by the shape of its addresses: it has many hosts."""
    parts = urlsplit(link)
    host, steps = (parts.hostname or "").lower(), [step for step in parts.path.split("/") if step]
    if parts.scheme != "https" or parts.port or not _HOST.fullmatch(host):
        return None
    if host in YOUTUBE or host == "youtu.be":
        return _youtube(host, steps, parse_qs(parts.query).get("v", [""])[0])
    if host in ("vimeo.com", "www.vimeo.com", "player.vimeo.com"):
        key = next((step for step in steps if step.isdigit()), "")
        return _player("Vimeo", "player.vimeo.com", f"/video/{key}?dnt=1") if key.isascii() and key else None
    return _peertube(host, steps)


def _youtube(host: str, steps: list[str], asked: str) -> Player | None:
    if host == "youtu.be":
        asked = steps[0] if steps else ""
    elif len(steps) > 1 and steps[0] in ("embed", "shorts", "live"):
        asked = steps[1]
    if not _KEY.fullmatch(asked):
        return None
    return _player("YouTube", "www.youtube-nocookie.com", f"/embed/{asked}")


def _peertube(host: str, steps: list[str]) -> Player | None:
    is_video = (len(steps) == 2 and steps[0] == "w") or (
        len(steps) == 3 and steps[0] == "videos" and steps[1] in ("watch", "embed")
    )
    if not is_video or not _KEY.fullmatch(steps[-1]):
        return None
    return _player("PeerTube", host, f"/videos/embed/{steps[-1]}?p2p=0")


def _player(site: str, host: str, path: str) -> Player:
    return Player(site, f"https://{host}", f"https://{host}{path}")


def allow_players(answer: HttpResponseBase, player: Player | None) -> None:
    """Let this one page play its own files, and frame this one site, which it does only once somebody clicks."""
    # What django-csp's csp_update() sets, for a view that knows only at its end what it plays.
    policy = {"media-src": ["'self'"]}
    if player is not None:
        policy["frame-src"] = [player.host]
    answer._csp_update = policy  # type: ignore[attr-defined]
