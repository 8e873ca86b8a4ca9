"""Markdown that people write: what it shows, and what it never lets through."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coexist.common.markdown import ATTRIBUTES, TAGS, render


def test_headings_stand_below_the_pages():
    assert re.findall(r"<(h\d)>", render("# Un\n\n## Deux\n\n###### Six", below=2)) == ["h3", "h4", "h6"]


def test_plain_text_keeps_its_lines_and_paragraphs():
    assert render("Un\ndeux\n\n    trois") == "<p>Un<br>\ndeux</p>\n<p>trois</p>\n"


def test_links_pass_no_credit_and_tell_nothing():
    assert render("[ici](https://a.example)") == '<p><a href="https://a.example" rel="nofollow noopener">ici</a></p>\n'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)", "<javascript:alert(1)>",
        "![x](https://espion.example/pixel.gif)", "[x](https://a.example \"' onclick=alert(1)\")",
        "<div style='position:fixed'>", "```\n</code><script>alert(1)</script>\n```", "&lt;script&gt;alert(1)",
        "![<script>alert(1)</script>](x)", "[x]: javascript:alert(1)\n\n[x]", "<a href='https://a.example'>x</a>",
    ],
)  # fmt: skip
def test_nothing_runs_and_nothing_is_fetched(text):
    assert harm(render(text)) == []


class _Harm(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            allowed = name in ATTRIBUTES.get(tag, ()) or (tag, name) == ("a", "rel")
            if not allowed or (name == "href" and ":" in value and not re.match(r"(https?|mailto):", value, re.I)):
                self.found.append(f"{tag} {name}={value}")


def harm(html: str) -> list[str]:
    parser = _Harm()
    parser.feed(html)
    return parser.found


PIECES = st.sampled_from(
    ["<", ">", "[", "](", ")", "![", "javascript:", "https://a.example", "\n", "\n\n", "# ", "* ", "`", "|", "-",
     "&#x6A;", "script", "onerror=", '"', "'", "\\", "\x00", "é", "🌻", "<a href=", "<!--", "-->", "<![CDATA[", "    ",
     "1. "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_does_harm(text):
    assert harm(render(text)) == []


@pytest.mark.parametrize("piece", ["[", "![", "*", "> ", "- ", "`", "<", "_a", "|a|\n|-|\n", "[a](", "&", "#"])
def test_the_longest_text_is_rendered_soon(piece):
    started = time.monotonic()
    render((piece * 6000)[:6000])
    assert time.monotonic() - started < 5
