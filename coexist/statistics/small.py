"""Small numbers: what a public figure never says, since it would be about somebody.

What everybody can count on the site (approved actors, published needs, which of them are filled) and how many
partnerships there are is told as it is. How things went, which only their parties know (answers, durations, stages), is
told from five cases on.
"""

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 5

Key = TypeVar("Key")
Value = TypeVar("Value", int, float)


def enough(value: Value | None, cases: int) -> Value | None:
    """The value where it stands for enough cases; None, which is shown as "moins de cinq cas", where it does not."""
    return value if cases >= FEWEST else None


def together(parts: Mapping[Key, int]) -> list[tuple[tuple[Key, ...], int]]:
    """Parts of a whole that are large enough, and the small ones as one, in the order given.

    Were a single small part hidden, it could be worked out from the others: it is put with the next smallest.
    Nothing at all where the whole is small.
    """
    if sum(parts.values()) < FEWEST:
        return []
    joined: list[Key] = []
    for key in sorted(parts, key=lambda key: parts[key]):
        if parts[key] >= FEWEST and (not joined or sum(parts[one] for one in joined) >= FEWEST):
            break
        joined.append(key)
    kept: list[tuple[tuple[Key, ...], int]] = [((key,), number) for key, number in parts.items() if key not in joined]
    small = tuple(key for key in parts if key in joined)
    return [*kept, (small, sum(parts[key] for key in small))] if small else kept
