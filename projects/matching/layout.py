"""What stands where in a point of the matching space (space.py)."""

from actors.enums import Mode, OfferKind
from coexist.common.language.encoder import DIMENSIONS

SKILLS = 128
KINDS = (*OfferKind.values,)
MODES = (*Mode.values,)
SETS_OF_MODES = 2 ** len(MODES)
# The last one makes all points of offers as long as each other.
SIZE = 2 * DIMENSIONS + SKILLS + len(KINDS) + SETS_OF_MODES + 1
OFFER, PROFILE = slice(0, DIMENSIONS), slice(DIMENSIONS, 2 * DIMENSIONS)
