from typing import Any


class InvitationError(Exception):
    pass


def invite(*, actor: Any, email: str, role: str, acting_user: Any, as_owner_notice: str) -> None:
    raise InvitationError("stand-in")
