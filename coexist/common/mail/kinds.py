"""The kinds of mail. Each app declares its own in a `mails.py`, loaded by its AppConfig."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import OutgoingEmail


class Group(Enum):
    ACCOUNT = "account"  # codes, resets: at once, never refused
    TRANSACTIONAL = "transactional"  # an answer in one's own exchange, a decision on one's own profile
    ALERT = "alert"  # what CoExist proposes by itself: digest preference, one-click unsubscribe
    DIGEST = "digest"  # alerts gathered in one mail: at its hour, one-click unsubscribe


@dataclass(frozen=True)
class Attachment:
    name: str
    content: str
    content_type: str  # of text, which is UTF-8
    parameters: dict[str, str] = field(default_factory=dict)  # of the content type: a calendar's method


def _always(mail: "OutgoingEmail") -> bool:
    return True


def _nothing(mail: "OutgoingEmail") -> list[Attachment]:
    return []


@dataclass(frozen=True)
class MailKind:
    """Templates stand in templates/emails/<code>/: subject.txt, body.txt, body.html."""

    code: str
    label: Any  # a lazy translation
    group: Group
    still_wanted: Callable[["OutgoingEmail"], bool] = field(default=_always)
    secret: bool = False  # holds a code or a link that lets somebody in
    unasked: bool = False  # may reach an address that never asked CoExist for anything: one click stops them all
    # Address that stops what this very mail comes from, and not its whole kind (RFC 8058: it takes a bare POST).
    stop: Callable[["OutgoingEmail"], str] | None = None
    # Made at the moment of sending from what the mail refers to: no file is kept, and none is out of date.
    attachments: Callable[["OutgoingEmail"], list[Attachment]] = field(default=_nothing)

    @property
    def can_be_refused(self) -> bool:
        return self.group in (Group.ALERT, Group.DIGEST)


_kinds: dict[str, MailKind] = {}


def register(kind: MailKind) -> MailKind:
    """Declare a kind once; a second kind of the same code is a programming error."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"Mail kind {kind.code!r} is declared twice")
    return kind


def get_kind(code: str) -> MailKind:
    return _kinds[code]


def secret_codes() -> list[str]:
    return [kind.code for kind in _kinds.values() if kind.secret]


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in _kinds.values()]
