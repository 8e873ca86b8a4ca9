"""Reading every page that a person can reach by following links."""

from collections import deque
from html import unescape
from io import BytesIO
from re import findall
from urllib.parse import parse_qsl, urlsplit
from zipfile import ZipFile

from django.test import Client
from django.urls import reverse

MOST_PAGES = 500
STARTS = (
    "home", "search", "actor-list", "project-list", "need-list", "skill-list", "dashboard", "introduction-list",
    "preferences", "saved-search-list", "partnership-list", "achievement-list", "key-figures", "support",
    "support-list", "agenda", "campaign-current", "resource-list", "resource-own",
)  # fmt: skip


def client_of(person) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def pages_of(person) -> dict[str, str]:
    """Address -> HTML of every page of the site, the administration aside, one per set of parameters."""
    client, pages = client_of(person), {}
    waiting = deque(reverse(name) for name in STARTS)
    met = {_sort(address) for address in waiting}
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code == 302:
            _lead_to(answer["Location"], address, met, waiting)
            continue
        assert answer.status_code == 200, f"{address} is linked to {person or 'a visitor'}: {answer.status_code}"
        pages[address] = _text_of(answer)
        assert len(pages) < MOST_PAGES, "the crawl does not end"
        for link in findall(r'href="([^"]+)"', pages[address]):
            _lead_to(unescape(link), address, met, waiting)
    return pages


def _lead_to(link: str, page: str, met: set[tuple], waiting: deque[str]) -> None:
    """A link, or what an address leads to, is read once."""
    found = _inside(link, page)
    if found and _sort(found) not in met:
        met.add(_sort(found))
        waiting.append(found)


def _text_of(answer) -> str:
    """What is read there: also of what is streamed, and of the files in an archive."""
    body = answer.getvalue()
    if answer["Content-Type"] != "application/zip":
        return body.decode(errors="replace")  # a PDF is not text
    with ZipFile(BytesIO(body)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def _inside(link: str, page: str) -> str | None:
    parts = urlsplit(link)
    path = parts.path or urlsplit(page).path
    if parts.scheme or parts.netloc or path.startswith(("/admin/", "/static/")) or link.startswith("#"):
        return None
    return path + (f"?{parts.query}" if parts.query else "")


def _sort(address: str) -> tuple:
    """Pages that differ only in a parameter's value count as one: 170 skills lead to the same list."""
    parts = urlsplit(address)
    return parts.path, tuple(sorted(name for name, _value in parse_qsl(parts.query)))


def pages_with(person, *texts: str) -> set[str]:
    """Addresses of the pages on which `person` reads any of `texts`."""
    return {address for address, html in pages_of(person).items() if any(text in unescape(html) for text in texts)}
