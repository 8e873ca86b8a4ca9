"""Reading the project's own sources: templates by their HTML, Python by its syntax tree."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
# `tests` and what stands beside the sources (the environment, caches) are no part of the product.
PACKAGES = ("coexist", "actors", "mediatheque", "projects", "events")


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def modules() -> list[Path]:
    """Every Python file of the product, migrations aside."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


# Templates ------------------------------------------------------------------------------------

_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
_TRANSLATED = re.compile(r"{%\s*(blocktranslate|blocktrans)\b.*?{%\s*end\1\s*%}", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
# What a person reads or hears of an element without its text.
_READ_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
# Variables of our components that are shown as they are: a plain literal given to one is untranslated.
_GIVEN_TEXT = re.compile(r"\b(?:heading|lead|eyebrow|title|text|action|label)=(\"[^\"]*\"|'[^']*')")
_NAMES = re.compile(r"\bCoExist\b")


def bare_html(source: str) -> str:
    """The HTML of a template without what Django computes: comments, translations, tags, variables."""
    return _TAG.sub(" ", _TRANSLATED.sub(" ", _COMMENT.sub("", source)))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        given = dict(attrs)
        read = [given.get(name) for name in _READ_ATTRIBUTES]
        if tag == "meta" and given.get("name") == "description":
            read.append(given.get("content"))
        if tag == "input" and given.get("type") in ("submit", "button"):
            read.append(given.get("value"))
        self.found += [text for text in read if text]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def untranslated_texts(source: str, *, is_html: bool = True) -> list[str]:
    """Texts that a reader sees and no catalogue can translate."""
    uncommented = _COMMENT.sub("", source)
    found = [match[1][1:-1] for tag in _TAG.findall(uncommented) for match in _GIVEN_TEXT.finditer(tag)]
    if is_html:
        parser = _Text()
        parser.feed(bare_html(source))
        found += parser.found
    else:
        found.append(bare_html(source))
    return [" ".join(text.split()) for text in found if _LETTER.search(_NAMES.sub("", text))]


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = given.get("type") == "application/ld+json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").strip().startswith("javascript:"):
                self.found.append(f"<{tag} {name}>")


def inline_code(source: str) -> list[str]:
    """Script and style that a strict content security policy would not run."""
    parser = _Inline()
    parser.feed(bare_html(source))
    return parser.found


# Python ---------------------------------------------------------------------------------------

# Arguments and attributes whose value a person reads.
_READ_NAMES = {
    "verbose_name", "verbose_name_plural", "label", "help_text", "empty_label", "violation_error_message",
    "description", "placeholder", "title", "site_header", "site_title", "index_title",
}  # fmt: skip
_READ_WHEN_ASSIGNED = _READ_NAMES - {"label"}  # an app's label is a code
# Calls that tell a person something, and which of their arguments does.
_TELLS = {"success": 1, "info": 1, "warning": 1, "error": 1, "add_error": 1, "message_user": 1, "ValidationError": 0}
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)
_MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
_FRENCH = re.compile(r"[éèêëàâçùûîïôœ«»’]", re.IGNORECASE)


def unmarked_strings(source: str) -> list[str]:
    """Plain strings where a person will read them: given as labels, told as messages, or plainly French."""
    tree = ast.parse(source)
    skipped = _docstrings(tree) | _marked(tree)
    found = [text for node in ast.walk(tree) for text in _read_by_people(node) if id(text) not in skipped]
    french = [node for node in ast.walk(tree) if id(node) not in skipped and _FRENCH.search(_plain(node) or "")]
    return [f"line {node.lineno}: {_plain(node)}" for node in {id(node): node for node in [*found, *french]}.values()]


def _plain(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _LETTERS.search(node.value):
        return node.value
    return None


def _marked(tree: ast.AST) -> set[int]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in _MARKS)
    return {id(inner) for call in calls for inner in ast.walk(call)}


def _docstrings(tree: ast.AST) -> set[int]:
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(statement.value) for statement in statements if isinstance(statement.value, ast.Constant)}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _read_by_people(node: ast.AST) -> Iterator[ast.AST]:
    """Constants in a place that is shown."""
    values: list[ast.AST] = []
    if isinstance(node, ast.keyword) and node.arg in _READ_NAMES:
        values.append(node.value)
    elif isinstance(node, ast.keyword) and node.arg in ("error_messages", "labels", "help_texts"):
        values += getattr(node.value, "values", [])
    elif isinstance(node, ast.Assign) and any(_target(target) in _READ_WHEN_ASSIGNED for target in node.targets):
        values.append(node.value)
    elif isinstance(node, ast.Call) and _tells(node):
        values += node.args[_TELLS[_called(node)] :][:1]
    elif isinstance(node, ast.Call) and _labels_first(node):
        values += node.args[:1]
    elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
        values += [line.value.elts[-1] for line in node.body if _is_choice(line)]
    for value in values:
        yield from (part for part in _parts(value) if _plain(part))


def _labels_first(call: ast.Call) -> bool:
    """A field of a model; of one that points to another model, the label has a name."""
    is_field = _called(call).endswith("Field") and "models" in ast.unparse(call.func)
    return is_field and _called(call) not in ("OneToOneField", "ManyToManyField")


def _tells(call: ast.Call) -> bool:
    return _called(call) in _TELLS and not ast.unparse(call.func).startswith(("logger.", "logging."))


def _parts(value: ast.AST) -> Iterator[ast.AST]:
    """The pieces of text that a value is made of; what a call or a lookup returns is not looked into."""
    if isinstance(value, ast.Constant):
        yield value
    elif isinstance(value, ast.JoinedStr):
        yield from value.values
    elif isinstance(value, ast.BinOp):
        yield from [*_parts(value.left), *_parts(value.right)]
    elif isinstance(value, ast.IfExp):
        yield from [*_parts(value.body), *_parts(value.orelse)]


def _target(target: ast.AST) -> str:
    return getattr(target, "id", "") or getattr(target, "attr", "")


def _is_choice(line: ast.stmt) -> bool:
    return isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) > 1
