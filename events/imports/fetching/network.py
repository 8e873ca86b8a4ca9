"""Connections to checked addresses only.

The name is resolved once, here; the connection goes to the very address that was checked, so that a second answer of
the name's server (DNS rebinding) is never asked for. TLS still verifies the certificate against the name.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from ..problems import CalendarError
from .addresses import checked

Resolve = Callable[[str, int], list[str]]
MOST_ADDRESSES = 4  # tried of one name


class Deadline:
    """How long the whole may take, whatever each step is given."""

    def __init__(self, host: str, seconds: float) -> None:
        self.host, self.seconds, self._until = host, seconds, time.monotonic() + seconds

    def left(self, most: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise CalendarError("slow", host=self.host, seconds=round(self.seconds))
        return left if most is None else min(most, left)


class BoundedStream(httpcore.NetworkStream):
    """A stream none of whose steps outlives the deadline: a site that sends a byte now and then is given up too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "BoundedStream":
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedNetwork(httpcore.NetworkBackend):
    """What httpcore opens its connections with."""

    def __init__(self, resolve: Resolve, deadline: Deadline) -> None:
        self._resolve, self._deadline, self._network = resolve, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise CalendarError("unknown_host", host=host) from error
        failure: Exception | None = None
        for address in checked(host, found)[:MOST_ADDRESSES]:
            try:
                stream = self._network.connect_tcp(str(address), port, timeout=self._deadline.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return BoundedStream(stream, self._deadline)
        raise CalendarError("unreachable", host=host) from failure

    def connect_unix_socket(self, path: str, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise CalendarError("address")
