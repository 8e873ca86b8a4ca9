class RegistrationError(Exception):
    """Why a registration is not taken, in words for who asked."""


class AlreadyRegisteredError(RegistrationError):
    """The address has a place, or waits for one, on a date that is asked for."""
