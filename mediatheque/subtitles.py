"""Subtitles as browsers read them: WebVTT (W3C), plain text only; SubRip becomes WebVTT."""

import re

MOST_CUES = 10_000
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_CUE = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}[^\n]*", re.ASCII)
_TAGS = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,100}\}")


class NotSubtitlesError(ValueError):
    pass


def as_webvtt(content: bytes) -> str:
    """Times and words; styles, places and tags are left out. Raises NotSubtitlesError where there is no cue."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    cues = []
    for block in re.split(r"\n[ \t]*\n", text):
        cue = _cue(block.strip("\n").split("\n"))
        if cue:
            cues.append(cue)
        if len(cues) > MOST_CUES:
            raise NotSubtitlesError
    if not cues:
        raise NotSubtitlesError
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def words_of(webvtt: str) -> str:
    """What is said, one line a cue."""
    blocks = webvtt.split("\n\n")[1:]
    return "\n".join(" ".join(block.strip().split("\n")[1:]) for block in blocks if block.strip())


def _cue(lines: list[str]) -> str:
    for place, line in enumerate(lines[:2]):  # the first one may be its number
        found = _CUE.fullmatch(line)
        if found:
            words = [_plain(said) for said in lines[place + 1 :]]
            said = "\n".join(word for word in words if word)
            return f"{_moment(*found.groups()[:4])} --> {_moment(*found.groups()[4:])}\n{said}" if said else ""
    return ""


def _plain(line: str) -> str:
    return _TAGS.sub("", line).replace("-->", "→").replace("<", "").strip()


def _moment(hours: str | None, minutes: str, seconds: str, rest: str) -> str:
    return f"{int(hours or 0):02}:{int(minutes):02}:{int(seconds):02}.{rest.ljust(3, '0')}"


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")
