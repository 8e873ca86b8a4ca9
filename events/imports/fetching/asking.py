"""One calendar from one address: which addresses are asked, how far a site may send us on, how much it may send."""

import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore
from django.conf import settings

from ..problems import CalendarError
from .addresses import resolve as resolve_name
from .network import CheckedNetwork, Deadline, Resolve

MOST_BYTES = 2_000_000
MOST_REDIRECTS = 3
CONNECT, SILENCE, WHOLE = 5.0, 10.0, 30.0  # seconds: to connect, between two pieces, for everything
_PORTS = {"http": 80, "https": 443}
_MOVED, _SAME = (301, 302, 303, 307, 308), 304


@dataclass(frozen=True)
class Answer:
    content: bytes | None  # None: as it was the last time
    etag: str = ""
    changed: str = ""


def fetch(
    address: str,
    *,
    etag: str = "",
    changed: str = "",
    resolve: Resolve = resolve_name,
    tls: ssl.SSLContext | None = None,
    seconds: float = WHOLE,
) -> Answer:
    """Raises CalendarError with what is wrong; `etag` and `changed` are what the site said the last time."""
    deadline = Deadline(checked_address(address).hostname or "", seconds)
    known = [("If-None-Match", etag), ("If-Modified-Since", changed)]
    for _hop in range(MOST_REDIRECTS + 1):
        parts = checked_address(address)
        found = _ask(parts, [pair for pair in known if pair[1]], CheckedNetwork(resolve, deadline), tls)
        if isinstance(found, Answer):
            return found
        address = urljoin(parts.geturl(), found)
    raise CalendarError("redirects")


def checked_address(address: str) -> SplitResult:
    """http and https, on their own ports; webcal is another word for https."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme in ("webcal", "webcals"):
            parts = parts._replace(scheme="https")
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise CalendarError("address") from error
    if parts.scheme not in _PORTS or not host:
        raise CalendarError("address")
    if parts.username is not None or parts.password is not None:
        raise CalendarError("login_in_address")
    if port is not None and port not in settings.CALENDAR_PORTS:
        raise CalendarError("port")
    shown = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=shown if port is None else f"{shown}:{port}", fragment="")


def _ask(
    parts: SplitResult, known: list[tuple[str, str]], network: CheckedNetwork, tls: ssl.SSLContext | None
) -> Answer | str:
    """The calendar, or the address that the site sends us on to."""
    host = parts.hostname or ""
    headers = [
        ("Host", parts.netloc), ("Accept", "text/calendar, */*;q=0.1"), ("Accept-Encoding", "identity"),
        ("User-Agent", f"CoExist (+{settings.SITE_URL})"), *known,
    ]  # fmt: skip
    target = _target(parts)
    url = httpcore.URL(scheme=parts.scheme, host=host, port=parts.port or _PORTS[parts.scheme], target=target)
    timeout = {"connect": CONNECT, "read": SILENCE, "write": SILENCE, "pool": CONNECT}
    pool = httpcore.ConnectionPool(
        ssl_context=tls or ssl.create_default_context(), network_backend=network, max_connections=1, retries=0
    )
    try:
        with pool, pool.stream("GET", url, headers=headers, extensions={"timeout": timeout}) as response:
            return _read(response, host)
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise CalendarError(_why(error), host=host, seconds=round(SILENCE)) from error


def _read(response: httpcore.Response, host: str) -> Answer | str:
    headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
    if response.status in _MOVED and "location" in headers:
        return headers["location"]
    if response.status == _SAME:
        return Answer(None)
    if response.status != 200:
        raise CalendarError("status", host=host, status=response.status)
    if headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise CalendarError("compressed", host=host)
    content = bytearray()
    for piece in response.iter_stream():
        content += piece
        if len(content) > MOST_BYTES:
            raise CalendarError("too_large", most=MOST_BYTES // 1_000_000)
    return Answer(bytes(content), headers.get("etag", "")[:200], headers.get("last-modified", "")[:60])


def _target(parts: SplitResult) -> bytes:
    """Path and query, without what no header line may hold."""
    text = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(text, safe="/?:@!$&'()*+,;=-._~%").encode()


def _why(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "slow"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate"
        cause = cause.__cause__ or cause.__context__
    return "unreachable"
