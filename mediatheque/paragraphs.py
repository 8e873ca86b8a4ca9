"""Lines of a page as paragraphs to read on any screen: a PDF knows lines alone, as long as its paper is wide."""

FULL = 0.8  # of the longest line: a shorter one was ended by who wrote it
ENDS = (".", "!", "?", "…", ":", ";")


def paragraphs(text: str) -> list[str]:
    """A line goes on the one before where it begins with a small letter, or where that one was full; signs alone go."""
    lines = [line.strip() for line in text.split("\n")]
    longest = max(map(len, lines), default=0)
    found: list[str] = []
    before = ""
    for line in lines:
        if line and not any(character.isalnum() for character in line):
            continue  # a bullet whose text stands elsewhere, a rule
        if line and before and not before.endswith(ENDS) and (line[0].islower() or len(before) >= FULL * longest):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        before = line
    return found
