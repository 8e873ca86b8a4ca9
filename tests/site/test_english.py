"""The English catalogue is whole, compiled, and shown to who asked for it and to nobody else."""

import gettext
import re
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from actors.models import User
from projects.matching.models import Match
from tests.factories import network, people

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"
FORMS = 2  # of a plural, in English
FIELD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|\{\w*\}|%[sdf%]")
TAG = re.compile(r"<[^>]+>")


@dataclass
class Entry:
    """One entry of the .po: its fields by keyword, its flags."""

    fields: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def msgid(self) -> str:
        return self.fields["msgid"]

    @property
    def plural(self) -> str | None:
        return self.fields.get("msgid_plural")

    @property
    def english(self) -> list[str]:
        """One text, or one for each form of the plural."""
        keys = ["msgstr"] if self.plural is None else [f"msgstr[{form}]" for form in range(FORMS)]
        return [self.fields.get(key, "") for key in keys]

    def compiled(self) -> Iterator[tuple[str | tuple[str, int], str]]:
        """As the standard library keys a .mo."""
        key = f"{self.fields['msgctxt']}\x04{self.msgid}" if "msgctxt" in self.fields else self.msgid
        if self.plural is None:
            yield key, self.fields["msgstr"]
        else:
            yield from (((key, form), text) for form, text in enumerate(self.english))


def read(text: str) -> list[Entry]:
    """Entries of a .po, without its header; obsolete ones (#~) are no entries."""
    entries = [_entry(block) for block in re.split(r"\n\s*\n", text)]
    return [entry for entry in entries if entry.fields.get("msgid")]


def _entry(block: str) -> Entry:
    entry, keyword = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif found := FIELD.fullmatch(line):
            keyword = found[1]
            entry.fields[keyword] = literal_eval(found[2])
        elif line.startswith('"'):
            entry.fields[keyword] += literal_eval(line)
    return entry


def marks(text: str, what: re.Pattern[str] = PLACEHOLDER) -> Counter[str]:
    return Counter(what.findall(text))


ENTRIES = read(CATALOGUE.read_text(encoding="utf-8"))


def test_the_reader_knows_a_catalogue():
    header, one, many, old = (
        'msgid ""\nmsgstr "Language: en\\n"',
        '#, fuzzy, python-format\nmsgid "a %(x)s"\nmsgstr ""\n"b\\"\\n"\n"%(x)s"',
        'msgctxt "c"\nmsgid "d"\nmsgid_plural "ds"\nmsgstr[0] "e"\nmsgstr[1] "es"',
        '#~ msgid "f"\n#~ msgstr "g"',
    )
    first, second = read("\n\n".join([header, one, many, old]))
    assert (first.msgid, first.english, first.flags) == ("a %(x)s", ['b"\n%(x)s'], {"fuzzy", "python-format"})
    assert list(second.compiled()) == [(("c\x04d", 0), "e"), (("c\x04d", 1), "es")]


def test_every_entry_is_translated_and_none_is_a_guess():
    assert len(ENTRIES) > 600
    assert [entry.msgid for entry in ENTRIES if not all(text.strip() for text in entry.english)] == []
    assert [entry.msgid for entry in ENTRIES if "fuzzy" in entry.flags] == []


def test_the_compiled_catalogue_says_the_same():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("")
    written = dict(pair for entry in ENTRIES for pair in entry.compiled())
    changed = [key for key in written.keys() | compiled.keys() if written.get(key) != compiled.get(key)]
    assert changed == [], "run ./dev manage compilemessages --ignore=.venv"


@pytest.mark.parametrize("what", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_both_sides_have_the_same(what):
    wrong = []
    for entry in ENTRIES:
        # msgfmt lets no form name what the French plural does not; the French singular may leave out the number.
        both = marks(entry.msgid, what)
        sources = [both] if entry.plural is None else [both & marks(entry.plural, what), marks(entry.plural, what)]
        wrong += [entry.msgid] * ([marks(text, what) for text in entry.english] != sources)
    assert wrong == []


# From here on with the database: who reads which language.


def shown(page) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(TAG.sub(" ", page.content.decode())))


def menu_of(page) -> list[str]:
    (header,) = re.findall(r'<div class="collapse navbar-collapse".*?</header>', page.content.decode(), re.S)
    entries = re.findall(r"<(a|button)\b[^>]*>(.*?)</\1>", header, re.S)
    return [unescape(TAG.sub("", inside)).strip() for _tag, inside in entries]


@pytest.fixture
def reader(db) -> User:
    return people.verified(name="Alex Reader", language="en")


@pytest.fixture
def match(reader) -> Match:
    """For the reader's actor, with one reason of each part that has its own way into English."""
    need = network.need(network.project(network.actor(), territories=["SN"]))
    water = {"fr": "Traitement de l'eau", "en": "Water treatment"}
    params = {
        "skill_same": {"wanted": water, "given": water},
        "place": {"territories": ["SN"]},
        "mode": {"modes": ["mecenat_competences"]},
    }
    reasons = [{"code": code, "value": 1.0, "params": given} for code, given in params.items()]
    return network.match(need, network.actor(owner=reader), reasons=reasons)


def test_a_member_who_reads_english_has_an_english_menu_and_dashboard(client, reader):
    client.force_login(reader)
    page = client.get(reverse("dashboard"), headers={"accept-language": "fr"})
    expected = [
        "Organisations",
        "Needs",
        "Projects",
        "Achievements",
        "Skills",
        "My dashboard",
        "Preferences",
        "Sign out",
    ]
    assert menu_of(page) == expected
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en">' in page.content.decode()
    assert "Hello Alex" in shown(page)
    assert "Needs that match what you offer" in shown(page)


def test_a_member_who_reads_english_reads_why_in_english(client, reader, match):
    client.force_login(reader)
    page = client.get(reverse("match-detail", args=[match.pk]))
    (block,) = re.findall(r'<ul class="reason-list">(.*?)</ul>', page.content.decode(), re.S)
    assert [unescape(sentence) for sentence in re.findall(r"<span>(.*?)</span>", block, re.S)] == [
        "Same skill: Water treatment",
        "Works in: Senegal",
        "Arrangement accepted: skills sponsorship (mécénat de compétences)",
        "Availability to be confirmed",
    ]
    assert "Match: strong" in shown(page)


@pytest.mark.django_db
@pytest.mark.parametrize("wish", ["en", "en-GB,en;q=0.9,fr;q=0.1", "de", "*"])
def test_a_visitor_reads_french_whatever_the_browser_asks(client, wish):
    page = client.get(reverse("home"), headers={"accept-language": wish})
    menu = ["Acteurs", "Besoins", "Projets", "Réalisations", "Compétences", "Se connecter", "Rejoindre CoExist"]
    assert menu_of(page) == menu
    assert page.headers["Content-Language"] == "fr"
    assert "Accept-Language" not in page.headers.get("Vary", "")
    assert '<html lang="fr">' in page.content.decode()
    assert "Trouvez qui peut vous aider" in shown(page)


def test_a_member_reads_french_unless_they_chose_otherwise(client, member):
    client.force_login(member)
    page = client.get(reverse("dashboard"), headers={"accept-language": "en"})
    assert "Mon espace" in menu_of(page)
