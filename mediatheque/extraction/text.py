"""Text as people would write it: no ligatures, no words cut at the end of a line."""

import re
import unicodedata

# A line that ends with a hyphen; where it is a plain one, PDFium writes U+FFFE (or U+0002) and joins the lines itself.
_ENDS = re.compile(r"(\w+)(?:[\x02\ufffe](?:[ \t]*(?:\r\n|\r|\n)[ \t]*)?|[\xad\u2010-][ \t]*(?:\r\n|\r|\n)[ \t]*)(\w+)")
_INNER = re.compile(r"[\x02\ufffe\xad]")
_HYPHENATED = re.compile(r"\w+-\w+")
# After these, or before those, a hyphen belongs to the word: peut-être, dit-il, celui-ci, vice-président.
_FIRST_PARTS = {
    "peut", "vice", "non", "sous", "ex", "demi", "mi", "après", "avant", "celui", "celle", "ceux", "celles", "quelques",
    "vis", "là", "ci", "co", "auvergne", "franco", "socio", "savoir", "haute", "hauts", "pays", "nord", "sud", "est",
    "ouest",
}  # fmt: skip
_LAST_PARTS = {
    "être", "il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous", "ce", "ci", "là", "même", "mêmes", "y",
    "en", "moi", "toi", "le", "la", "les", "lui", "leur", "t",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def cleaned(text: str) -> str:
    """Of one page. Superscripts and fractions stay as they are: only ligatures are taken apart."""
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    # A word that the same page writes with a hyphen inside a line keeps it.
    whole = {word.lower() for word in _HYPHENATED.findall(text)}
    previous = None
    while previous != text:  # a word may be cut twice
        previous, text = text, _ENDS.sub(lambda found: _joined(found[1], found[2], whole), text)
    text = _CONTROL.sub("", _INNER.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _joined(first: str, last: str, whole: set[str]) -> str:
    hyphenated = f"{first}-{last}"
    keeps = first.lower() in _FIRST_PARTS or last.lower() in _LAST_PARTS or hyphenated.lower() in whole
    # 2024-2027, Rhône-Alpes: no word goes on with a figure or a capital.
    if keeps or not last[0].islower() or not first[-1].isalpha():
        return hyphenated
    return first + last
