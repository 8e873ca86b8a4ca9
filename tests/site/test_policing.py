"""The repository keeps its own rules: nothing unused, nothing untranslatable, every module in its place."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import GeneratedField, Model
from django.template import Library, engines
from django.template.utils import get_app_template_dirs
from django.utils.functional import Promise

from actors.skills.taxonomy import FILE as TAXONOMY
from coexist.common.language.text import stems
from coexist.common.mail.kinds import kind_choices
from tests.site.scanners import (
    PACKAGES,
    ROOT,
    TEMPLATES,
    inline_code,
    modules,
    shown,
    templates,
    unmarked_strings,
    untranslated_texts,
)

MOST_LINES = 400

# Templates ------------------------------------------------------------------------------------


def test_every_template_is_used():
    """By a view, another template, a mail kind's folder, or a package whose template it replaces."""
    sources = "\n".join(path.read_text() for path in [*modules(), *templates()])
    from_packages = [Path(folder) for folder in get_app_template_dirs("templates")]
    mails = {
        f"emails/{code}/{part}" for code, _label in kind_choices() for part in ("subject.txt", "body.txt", "body.html")
    }
    unused = [
        name
        for name in (str(path.relative_to(TEMPLATES)) for path in templates())
        if f'"{name}"' not in sources
        and f"'{name}'" not in sources
        and name not in mails
        and not any((folder / name).exists() for folder in from_packages)
    ]
    assert unused == []


def test_every_template_can_be_read():
    """A tag misspelt in a branch that no test renders would only show in production."""
    engine = engines["django"]
    for path in templates():
        engine.get_template(str(path.relative_to(TEMPLATES)))


def own_libraries() -> dict[str, Library]:
    files = [path for path in modules() if path.parent.name == "templatetags" and path.name != "__init__.py"]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]
    return {name: importlib.import_module(name).register for name in names}


def test_every_template_tag_and_filter_is_used():
    sources = "\n".join(path.read_text() for path in templates())
    tags = "\n".join(re.findall(r"{[{%].*?[%}]}", sources, re.DOTALL))
    libraries = own_libraries()
    assert libraries, "no library found: this test is blind"
    unused = [
        *(name for library in libraries.values() for name in library.tags if not re.search(rf"{{%-?\s*{name}\b", tags)),
        *(name for library in libraries.values() for name in library.filters if not re.search(rf"\|\s*{name}\b", tags)),
    ]
    assert unused == []


def test_no_template_holds_script_or_style_that_the_policy_forbids():
    """Mails are read by mail programs, which know inline style only."""
    pages = [path for path in templates() if path.suffix == ".html" and "emails" not in path.parts]
    assert {shown(path): found for path in pages if (found := inline_code(path.read_text()))} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<script>run()</script>", ["<script>"]),
        ("<style>p {}</style>", ["<style>"]),
        ('<p style="color: red">', ["<p style>"]),
        ('<p {% if x %}onclick="run()"{% endif %}>', ["<p onclick>"]),
        ('<p hx-on:click="run()">', ["<p hx-on:click>"]),
        ('<a href="javascript:run()">', ["<a href>"]),
        ('<script src="{% static "a.js" %}" defer></script>', []),
        ('<p class="one" {# onclick #}>', []),
    ],
)
def test_the_scanner_finds_inline_code(source, found):
    assert inline_code(source) == found


# Languages ------------------------------------------------------------------------------------

NOT_TRANSLATED = {
    "templates/errors/500.html": "shown when anything may have failed, translations included",
    "templates/allauth/elements/button.html": "an element's name is computed, which no HTML parser reads",
    "coexist/common/territories.py": "prepositions, for French sentences only",
    "coexist/dev/demo.py": "printed in the terminal of who starts the demo",
    "coexist/settings/base.py": "a language is named in itself",
    "coexist/settings/local.py": "the name of an organisation",
    "mediatheque/extraction/text.py": "parts of French words that keep their hyphen",
    "coexist/common/wanted.py": "how people begin a search, in French",
    "actors/management/commands/bench_directory.py": "what is searched for in the bench",
    "coexist/demo/management/commands/bench_search.py": "what is searched for in the bench",
    "mediatheque/management/commands/bench_mediatheque.py": "what is searched for in the bench",
    "mediatheque/management/synthetic.py": "words that stand in the bench only",
    "coexist/demo/management/synthetic_site.py": "sentences that stand in the bench only",
    "actors/management/synthetic.py": "names of actors that stand in the bench only",
    "events/programme/management/commands/bench_programme.py": "events that stand in the bench only",
    "projects/matching/management/bench_needs.py": "needs that stand in the bench only",
}


def test_every_visible_string_can_be_translated():
    found = {shown(path): untranslated_texts(path.read_text(), is_html=path.suffix != ".txt") for path in templates()}
    found |= {shown(path): unmarked_strings(path.read_text()) for path in modules()}
    untranslated = {path: texts for path, texts in found.items() if texts}
    assert {path: texts for path, texts in untranslated.items() if path not in NOT_TRANSLATED} == {}
    assert set(NOT_TRANSLATED) - set(untranslated) == set(), "exceptions that nothing needs any more"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Bonjour</p>", ["Bonjour"]),
        ("<p>{% if x %}Bonjour{% endif %} {{ name }}</p>", ["Bonjour"]),
        ('<input placeholder="Votre nom">', ["Votre nom"]),
        ('<img alt="{% translate "Logo" %} du site">', ["du site"]),
        ('{% include "a.html" with heading="Les acteurs" %}', ["Les acteurs"]),
        ('{% include "a.html" with heading=_("Les acteurs") %}', []),
        ('<p title="{{ name }}">{% translate "Bonjour" %} · {# Remarque #}</p>', []),
        ("{% blocktranslate with n=name %}Bonjour <b>{{ n }}</b>{% endblocktranslate %}", []),
        ("<script>const texte = 1;</script><p>CoExist</p>", []),
    ],
)
def test_the_scanner_reads_templates(source, found):
    assert untranslated_texts(source) == found


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('name = models.CharField("nom", max_length=3)', True),
        ('name = models.CharField(_("nom"), max_length=3)', False),
        ('field = forms.CharField(label="Nom")', True),
        ('field = forms.CharField(label=_("Nom"))', False),
        ('class Meta:\n    verbose_name = "acteur"', True),
        ('class Config(AppConfig):\n    label = "actors"', False),
        ('class State(models.TextChoices):\n    OPEN = "open", "ouvert"', True),
        ('class State(models.TextChoices):\n    OPEN = "open", _("ouvert")', False),
        ('messages.success(request, f"Bonjour {name}")', True),
        ('messages.success(request, _("Bonjour %(name)s") % {"name": name})', False),
        ('logger.warning("Broker unreachable")', False),
        ('form.add_error("title", "Trop long")', True),
        ('text = "Déjà répondu"', True),
        ('"""Déjà répondu"""', False),
    ],
)
def test_the_scanner_reads_python(source, is_found):
    assert bool(unmarked_strings(source)) == is_found


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def test_every_model_and_field_has_a_french_name():
    """A field's key and what the database computes are never shown."""
    nameless = [
        f"{model.__name__}.{name}"
        for model in own_models()
        for name, text in [("Meta", model._meta.verbose_name), ("Meta plural", model._meta.verbose_name_plural)]
        + [
            (field.name, field.verbose_name)
            for field in [*model._meta.fields, *model._meta.many_to_many]
            if not field.auto_created and not isinstance(field, GeneratedField)
        ]
        if not isinstance(text, Promise)
    ]
    assert nameless == []
    assert len(own_models()) >= 14, "models left out: this test is blind"


def test_every_app_has_a_french_name():
    own = [config for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]
    assert [config.name for config in own if not isinstance(config.verbose_name, Promise)] == []


# Modules --------------------------------------------------------------------------------------

# What starts the product, and is imported by no app.
OUTSIDE_THE_LAYERS = ("coexist.settings", "coexist.dev", "coexist.embedded", "coexist.wsgi", "coexist.gunicorn.conf")


def contract() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_module_stands_in_the_import_order():
    layers = [name.strip() for layer in contract()["contracts"][0]["layers"] for name in re.split(r"[:|]", layer)]
    placed = (*layers, *OUTSIDE_THE_LAYERS)
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules()]
    homeless = [name for name in names if not any(name == at or name.startswith(f"{at}.") for at in placed)]
    assert set(homeless) <= {"coexist", "events", "projects"}, "modules missing from pyproject.toml's layers"
    assert [name for name in layers if name not in names] == [], "layers without a module"


def test_every_package_is_under_the_import_contract():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(contract()["root_packages"]) == set(PACKAGES)


def test_no_module_imports_a_higher_one():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_python_file_is_longer_than_a_room():
    """Past this a module has become a package (docs of the architecture)."""
    files = [*modules(), *(ROOT / "tests").rglob("*.py"), ROOT / "dev", ROOT / "manage.py"]
    lengths = {shown(path): len(path.read_text().splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_no_module_listens_to_a_models_own_signals():
    """post_save and its kin act at a distance; what one app tells another, it says with a signal of its own."""
    forbidden = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    found = {
        shown(path): sorted(forbidden & {_name(node) for node in ast.walk(tree)})
        for path in modules()
        for tree in [ast.parse(path.read_text())]
    }
    assert {path: names for path, names in found.items() if names} == {}


def _name(node: ast.AST) -> str:
    """A field's own pre_save is no signal: a field that calls it on super() listens to nothing."""
    owner = getattr(node, "value", None)
    is_super = isinstance(owner, ast.Call) and getattr(owner.func, "id", "") == "super"
    return "" if is_super else getattr(node, "id", getattr(node, "attr", ""))


# The taxonomy ---------------------------------------------------------------------------------


def taxonomy() -> list[dict]:
    """Domains and skills alike, in the order of the file."""
    domains = tomllib.loads(TAXONOMY.read_text())["domain"]
    return [entry for domain in domains for entry in [domain, *domain.get("skill", [])]]


def test_the_taxonomy_has_sixty_skills_in_domains():
    assert sum("skill" not in entry for entry in taxonomy()) >= 60


def test_the_taxonomys_codes_are_unique():
    codes = [entry["code"] for entry in taxonomy()]
    assert sorted(codes) == sorted(set(codes))


def test_no_expression_names_two_skills():
    """Compared by their stems, as texts are: else one of the two would never be found."""
    named = defaultdict(set)
    for entry in taxonomy():
        expressions = [entry["fr"], entry["en"], *entry.get("synonyms_fr", []), *entry.get("synonyms_en", [])]
        for expression in expressions:
            named[tuple(stems(expression))].add((entry["code"], expression))
    assert [sorted(uses) for uses in named.values() if len({code for code, _expression in uses}) > 1] == []
    assert () not in named, "an expression made of stop words alone"
