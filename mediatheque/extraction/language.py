"""In which language a text is written, by its most common words; "" where that is not clear."""

from coexist.common.language.text import normalise

LOOKED_AT = 40_000  # characters
FEWEST = 12  # common words that must be there
COMMON = {
    "fr": "le la les des une est dans pour que qui par sur avec pas sont ses aux nous cette leur ou mais plus ont",
    "en": "the and of to in is that for with are this was have from by not be they which their has or will its",
    "es": "el los las una que del por con para es en se su como mas pero sus al esta son sin sobre entre y",
    "de": "der die das und ist von mit den des nicht ein eine zu auf fur im dem sich auch werden oder als bei",
    "it": "il di che e la per una sono con del della non gli dei le nel alla anche piu come questo ha",
    "pt": "o os uma que do da em para com nao por mais como dos das ao pela ser sua tem foi pelo",
}


def language_of(text: str) -> str:
    words = normalise(text[:LOOKED_AT]).split()
    seen = {code: sum(word in common for word in words) for code, common in _SETS.items()}
    best, second = sorted(seen.values(), reverse=True)[:2]
    code = max(seen, key=lambda one: seen[one])
    return code if best >= FEWEST and best > 1.3 * second else ""


_SETS = {code: frozenset(words.split()) for code, words in COMMON.items()}
