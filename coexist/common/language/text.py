"""Normal form and stems of short French and English texts.

One normal form serves matching and the detection of skills, on both sides, so that "Énergies",
"energie" and "l'énergie" meet.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[a-z0-9]+(?:[.+#][a-z0-9+#]+)*")
_WRITTEN = re.compile(r"[\w.+#]*\w[+#]*")
_stemmers = {language: snowballstemmer.stemmer(language) for language in ("french", "english")}

# Words that carry grammar, or that every need and offer of a network like this one uses.
_GRAMMAR = """
a ai ainsi alors au aucun aussi autre autres aux avec avoir c ca car ce cela ces cet cette ceux chaque chez ci
comme comment contre d dans de des deux donc dont du elle elles en encore entre est et etait etc etre eu eux
fait faire faut font hors ici il ils j je jusqu l la le les leur leurs lors lui m ma mais me meme mes moins
mon n ne ni non nos notre nous on ont or ou par parce pas peu peut peuvent plus plusieurs pour pourquoi qu
quand que quel quelle quelles quels qui quoi s sa sans se selon ses si sien sont sous sur t ta tant te tel tes
toi ton tous tout toute toutes tres trop tu un une vers via vos votre vous y an and any are as at be been but
by can do for from had has have how if in into is it its more no not of on or our own so some such than that
the their them then there they this those to too up us was we were what when which who will with you your
"""
STOP_WORDS = frozenset(_GRAMMAR.split())


def normalise(text: str) -> str:
    """Lower case, without accents, ligatures opened, typographic apostrophes made plain."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'").replace("ʼ", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Stem of one normalised word: French first, then the English plural and verb endings left over.

    The French stemmer leaves most English words alone; applying both in this order brings
    "trainings"/"training" together without knowing the language of a three-word title.
    """
    if len(word) <= 3 or word.isdigit():
        return word
    return _stemmers["english"].stemWord(_stemmers["french"].stemWord(word))


def in_both_languages(word: str) -> set[str]:
    """Stems of one normalised word as full text search has them, French and English, and as `stem` has it."""
    if len(word) > 60:
        return {word}
    return {word, stem(word), *(stemmer.stemWord(word) for stemmer in _stemmers.values())}


def words(text: str) -> list[str]:
    """Normalised words in order, stop words kept."""
    return _WORD.findall(normalise(text))


def sentences(*parts: str) -> str:
    """The parts that are not empty, one after the other.

    A full stop after a bare title moves its vector as much as a word would.
    """
    return ". ".join(part for part in parts if part)


def written_by_stem(text: str) -> dict[str, str]:
    """Stem -> the word as first written, accents and all, to show people their own words."""
    found: dict[str, str] = {}
    for written in _WRITTEN.findall(text):
        for word in words(written):
            if word not in STOP_WORDS and len(word) > 1:
                found.setdefault(stem(word), written.lower())
    return found


def stems(text: str) -> list[str]:
    """Stems in order, without stop words and single letters."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS and len(word) > 1]
