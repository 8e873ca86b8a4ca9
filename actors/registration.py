"""Registration numbers, checked where their register has a key."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.ch import uid
from stdnum.fr import siren, siret

from .enums import RegistrationKind

_KEYS = {RegistrationKind.SIREN: siren, RegistrationKind.SIRET: siret, RegistrationKind.CH_UID: uid}


def check(kind: str, number: str) -> Promise | None:
    """What is wrong with a number, in a sentence; None when nothing is, or nothing can be said."""
    register = _KEYS.get(kind)  # type: ignore[call-overload]
    return _("Ce numéro n'est pas valable.") if register and number and not register.is_valid(number) else None
