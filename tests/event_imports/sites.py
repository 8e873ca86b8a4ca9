"""A real web server on loopback that answers as it is told, and calendars to serve."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Site:
    """`answer` is called with the request's handler; `asked` holds the paths and headers that came."""

    def __init__(self, answer: Callable[[Any], None], tls: ssl.SSLContext | None = None) -> None:
        self.answer, self.asked = answer, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *args: None  # type: ignore[method-assign]
        self.port = self.server.server_address[1]
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)

    def address(self, path: str = "/agenda.ics", host: str = "agenda.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def site(answer: Callable[[Any], None], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    running = Site(answer, tls)
    thread = Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.server.shutdown()
        running.server.server_close()


def sends(content: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def here(host: str, port: int) -> list[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def certificates(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of this name shows, and what a client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "both.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


def calendar(*events: str, before: str = "") -> bytes:
    body = "\n".join(event.strip() for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//FR\n{before.strip()}\n{body}\nEND:VCALENDAR\n"
    return "\n".join(line for line in text.splitlines() if line).replace("\n", "\r\n").encode() + b"\r\n"


def event(uid: str = "un@agenda.example", **lines: str) -> str:
    """Of tomorrow's year; `lines` by name, with _ for what a name may not hold here; "" leaves one out."""
    given = {
        "SUMMARY": "Atelier", "DTSTART": "TZID=Europe/Paris:20270316T180000",
        "DTEND": "TZID=Europe/Paris:20270316T200000", **{name.replace("_", "-"): text for name, text in lines.items()},
    }  # fmt: skip
    written = []
    for name, text in given.items():
        for one in text.split("|") if text else []:
            with_parameters = one.startswith(("TZID=", "VALUE=", "RANGE="))
            written.append(f"{name};{one}" if with_parameters else f"{name}:{one}")
    return "\n".join(["BEGIN:VEVENT", *([f"UID:{uid}"] if uid else []), *written, "END:VEVENT"])
