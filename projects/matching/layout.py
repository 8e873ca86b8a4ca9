"""What stands where in a point of the matching space (space.py)."""

from actors.enums import OfferKind
from coexist.common.language.encoder import DIMENSIONS

SKILLS = 128
KINDS = (*OfferKind.values,)
SIZE = 2 * DIMENSIONS + SKILLS + len(KINDS) + 1  # the last one makes all points of offers as long as each other
OFFER, PROFILE = slice(0, DIMENSIONS), slice(DIMENSIONS, 2 * DIMENSIONS)
