"""What stands where in a point of the matching space (space.py)."""

from actors.enums import OfferKind
from coexist.common.language.encoder import DIMENSIONS

SKILLS = 64
KINDS = (*OfferKind.values,)
SIZE = 2 * DIMENSIONS + SKILLS + len(KINDS)
OFFER, PROFILE = slice(0, DIMENSIONS), slice(DIMENSIONS, 2 * DIMENSIONS)
