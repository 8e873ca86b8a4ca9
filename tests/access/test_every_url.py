"""Every named address, as everybody, by GET and by POST, against the table of who may do what."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coexist.common import health
from tests.access import achievement_table, admin_table, campaign_table, event_table, partnership_table, table
from tests.access.page_forms import filled_form
from tests.access.rows import digest
from tests.access.world import QUERIES, World, build

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Expected:
    name: str
    about: str
    get: dict[str, str]
    post: dict[str, str]


def site_rows() -> list[Expected]:
    tables = (table, partnership_table, achievement_table, event_table, campaign_table, admin_table)
    every = [line for each in tables for line in each.SITE.splitlines()]
    lines = [line for line in every if line.strip() and not line.startswith("#")]
    rows = []
    for first, second in zip(lines[::2], lines[1::2], strict=True):
        (head, get), (nothing, post) = first.split("|"), second.split("|")
        assert not nothing.strip(), f"the line under {head} must give its POST"
        name, about = head.split()
        rows.append(Expected(name, about, _by_role(get), _by_role(post)))
    return rows


def _by_role(text: str) -> dict[str, str]:
    codes = text.split()
    assert set(codes) <= set(table.CODES), f"unknown code in {text!r}"
    return dict(zip(table.ROLES, codes * len(table.ROLES) if len(codes) == 1 else codes, strict=len(codes) > 1))


def admin_rows() -> list[Expected]:
    """The rules for the pages of one model, spelled out for each."""
    rows = []
    for line in _lines(admin_table.ADMIN_RIGHTS):
        model, animator, superuser = (part.strip() for part in line.split("|"))
        rights = {"animator": animator.split(), "superuser": superuser.split()}
        for rule in _lines(admin_table.ADMIN_RULES):
            action, get, post = (part.strip() for part in rule.split("|"))
            answers = [
                {role: _by_right(given, rights[role]) if role in rights else "LOGIN" for role in table.ROLES}
                for given in (get, post)
            ]
            rows.append(Expected(f"admin:{model}_{action}", model, *answers))
    return rows


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _by_right(rule: str, rights: list[str]) -> str:
    """ "delete DONE, view KEPT": the first right that one has tells the answer."""
    for choice in rule.split(","):
        right, code = choice.split()
        if right in rights:
            return code
    return "403"


def named_urls(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_urls(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def test_the_table_tells_of_every_named_address_and_of_no_other():
    named, declared = set(named_urls()), {row.name for row in [*site_rows(), *admin_rows()]}
    assert sorted(named - declared) == [], "addresses missing from tests/access/table.py"
    assert sorted(declared - named) == [], "addresses of tests/access/table.py that the site no longer has"


def test_no_address_goes_without_a_name():
    """A page without a name would escape this walk; Django's own catch-alls only redirect or answer 404."""
    nameless = {
        f"{pattern.callback.__module__}.{pattern.callback.__qualname__}"
        for pattern in _patterns(get_resolver())
        if not pattern.name
    }
    assert {name.split(".")[0] for name in nameless} <= {"django"}, nameless


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("role", table.ROLES)
def test_everybody_may_do_what_the_table_says_and_no_more(role, monkeypatch):
    # Who may ask is tested here; what is alive needs a worker, and has a test of its own.
    monkeypatch.setattr(health, "CHECKS", {})
    walk = Walk(build(), role)
    for row in [*site_rows(), *admin_rows()]:
        walk.try_row(row)
    assert walk.wrong == [], "\n".join(walk.wrong)


class Walk:
    """One person tries every address; each try is undone, so that none changes what the next one meets."""

    def __init__(self, world: World, role: str) -> None:
        self.world, self.role = world, role
        self.browser = Browser(world.people[role])
        self.superuser = Browser(world.people["superuser"])
        self.wrong: list[str] = []
        self.before = digest()

    def try_row(self, row: Expected) -> None:
        address = reverse(row.name, args=self._args(row))
        self._try(row, "GET", address + QUERIES.get(row.name, ""), row.get[self.role], {})
        self._try(row, "POST", address, row.post[self.role], self._form(row, address))

    def _try(self, row: Expected, method: str, address: str, expected: str, data: dict) -> None:
        with _undone():
            answer = self.browser.ask(method, address, data)
            after = digest()
        said = _code(answer)
        written = sorted(name for name in after if after[name] != self.before[name])
        as_expected = {"DONE": said in ("GO", "200") and written, "KEPT": said in ("GO", "200") and not written}
        if not as_expected.get(expected, said == expected and not written):
            wrote = f" and wrote {', '.join(written)}" if written else ", nothing written"
            self.wrong.append(f"{method} {row.name} ({row.about}) as {self.role}: {expected}, got {said}{wrote}")

    def _args(self, row: Expected) -> tuple:
        if row.name.startswith("admin:") and row.about in self.world.admin:
            alone = row.name.endswith(("_changelist", "_add"))
            return () if alone else (self.world.admin[row.about],)
        return self.world.args[row.about]

    def _form(self, row: Expected, address: str) -> dict:
        if row.about not in self.world.admin:
            forms = self.world.forms
            return forms.get((row.name, row.about), forms.get(row.name, {}))
        if row.name.endswith("_changelist"):
            return {"action": "delete_selected", "_selected_action": self.world.admin[row.about], "post": "yes"}
        if row.name.endswith("_delete"):
            return {"post": "yes"}
        if row.name.endswith(("_change", "_add")):
            page = self.superuser.ask("GET", address) if self.role in table.STAFF else None
            kept = filled_form(page.content.decode()) if page is not None and page.status_code == 200 else {}
            return kept | self.world.typed.get(row.about, {})
        return {}


class Browser:
    """Keeps one session: what an undone request did to the cookies is forgotten too."""

    def __init__(self, person) -> None:
        self._client = Client(raise_request_exception=False)
        if person is not None:
            self._client.force_login(person)
        self._cookies = self._client.cookies.output(header="", attrs=[], sep=";").strip()

    def ask(self, method: str, address: str, data: dict | None = None):
        self._client.cookies.clear()
        self._client.cookies.load(self._cookies)
        return self._client.post(address, data or {}) if method == "POST" else self._client.get(address)


class _undone:  # noqa: N801 - reads as a phrase
    """Whatever the block writes is taken back."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(*error)


def _code(answer) -> str:
    if answer.status_code not in (301, 302, 303):
        return str(answer.status_code)
    to_login = (reverse("account_login"), reverse("admin:login"))
    return "LOGIN" if answer["Location"].startswith(to_login) else "GO"
