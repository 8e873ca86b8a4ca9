"""A real SMTP server on loopback that can go down, come back, and hold a message half way."""

import asyncio
import logging
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.waiting import until

logging.getLogger("mail.log").setLevel(logging.WARNING)


class Mailbox:
    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.holds = False  # True: the message is kept, but the sender does not hear so
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def clear(self) -> None:
        self.messages, self.holds = [], False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        while self.holds:
            await asyncio.sleep(0.05)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in list(self.messages) if message["To"] == address]

    def addresses(self) -> list[str]:
        """Of every message that came, sorted."""
        return sorted(message["To"] for message in list(self.messages))

    def wait_for(self, address: str, number: int = 1) -> EmailMessage:
        """The `number`-th message to `address`."""
        until(lambda: len(self.to(address)) >= number, f"mail number {number} to {address}")
        return self.to(address)[number - 1]


def part(message: EmailMessage, subtype: str) -> str:
    """The text/plain or text/html part."""
    found = message.get_body((subtype,))
    assert found is not None, f"no {subtype} part in {message['Subject']}"
    return found.get_content()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
