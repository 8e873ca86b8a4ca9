"""Turning stored reasons into sentences: the one renderer of page, mail and admin."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actors.enums import Language, Mode, OfferKind
from coexist.common.territories import in_country, is_country, name_of
from coexist.common.themes import Theme

from .enums import Reader, RefusalReason
from .learning import DECLINED_NEAR, NOT_CHOSEN_NEAR
from .models import Match

MOST_SHOWN = 3
# A meaning below this share of what it can bring is no reason that a person would give.
MEANING_WORTH_TELLING = 4.2  # log-odds, of 10
WORDS_WORTH_TELLING = 0.8  # log-odds, of 4


@dataclass(frozen=True)
class Explanation:
    """Up to three sentences for, and one doubt."""

    reasons: list[str]
    doubt: str


def explain(match: Match, reader: str = Reader.PROJECT) -> Explanation:
    """The sentences of what was stored with the match, for its reader; nothing is computed anew."""
    told = _told(match.reasons)
    learnt = [sentence for reason in match.reasons if (sentence := _lesson(reason, reader))]
    doubts = [*learnt, *(sentence for doubt in match.doubts if (sentence := _sentence(doubt)))]
    return Explanation(told[:MOST_SHOWN], doubts[0] if doubts else "")


def _told(reasons: list[dict]) -> list[str]:
    """Sentences in the order of telling. Place and mode alone would not say what the actor can do:
    where no skill or words speak, the offer that is nearest in meaning does."""
    ordered = _in_order(reasons)
    about = [sentence for reason in ordered if reason["code"] in _ABOUT_THE_OFFER and (sentence := _sentence(reason))]
    around = [
        sentence for reason in ordered if reason["code"] not in _ABOUT_THE_OFFER and (sentence := _sentence(reason))
    ]
    nearest = [_near(reason["params"]) for reason in ordered if reason["code"] == "meaning"]
    return (about or nearest) + around


def _in_order(reasons: list[dict]) -> list[dict]:
    """Skill, place and mode speak first: a person checks those; likeness of text comes after."""
    return sorted(reasons, key=lambda reason: _ORDER.get(reason["code"], 9))


_ABOUT_THE_OFFER = {"skill_same", "skill_domain", "skill_near", "words", "meaning"}
_ORDER = {
    "skill_same": 0, "skill_domain": 1, "skill_near": 2, "words": 3, "meaning": 3, "place": 4, "mode": 5, "theme": 6,
    "kind": 7, "language": 8,
}  # fmt: skip


def _sentence(reason: dict) -> str:
    tell = _SENTENCES.get(reason["code"])
    return tell(reason.get("value", 0.0), reason.get("params", {})) if tell else ""


def _skill_same(value: float, params: dict) -> str:
    return _as_said(_("Compétence identique : %(skill)s") % {"skill": _skill(params["given"])}, params)


def _skill_domain(value: float, params: dict) -> str:
    sentence = _("Même domaine de compétence : %(given)s, pour %(wanted)s")
    return _as_said(sentence % {"given": _skill(params["given"]), "wanted": _skill(params["wanted"])}, params)


def _skill_near(value: float, params: dict) -> str:
    sentence = _("Compétence voisine : %(given)s, pour %(wanted)s")
    return _as_said(sentence % {"given": _skill(params["given"]), "wanted": _skill(params["wanted"])}, params)


def _as_said(sentence: str, params: dict) -> str:
    """With the expressions of need and offer that named the skills, where they are not the skills' names."""
    said = ", ".join(_("« %(words)s »") % {"words": expression} for expression in params.get("said", []))
    return f"{sentence} ({said})" if said else sentence


def _words(value: float, params: dict) -> str:
    if value < WORDS_WORTH_TELLING:
        return ""
    return _("Mots en commun : %(words)s") % {"words": ", ".join(params["words"])}


def _meaning(value: float, params: dict) -> str:
    if value < MEANING_WORTH_TELLING:
        return ""
    return _near(params)


def _near(params: dict) -> str:
    return _("Proche de : « %(offer)s »") % {"offer": params["offer"]}


def _place(value: float, params: dict) -> str:
    code = params["territories"][0]
    if is_country(code) and get_language() == "fr":
        return _("Intervient %(where)s") % {"where": in_country(code)}
    return _("Intervient sur le territoire : %(where)s") % {"where": name_of(code)}


def _mode(value: float, params: dict) -> str:
    modes = ", ".join(str(Mode(code).label).lower() for code in params["modes"])
    return _("Modalité acceptée : %(modes)s") % {"modes": modes}


def _theme(value: float, params: dict) -> str:
    return _("Thème commun : %(theme)s") % {"theme": Theme(params["themes"][0]).label}


def _kind(value: float, params: dict) -> str:
    return _("Propose ce que vous cherchez : %(kind)s") % {"kind": str(OfferKind(params["kind"]).label).lower()}


def _language(value: float, params: dict) -> str:
    names = ", ".join(str(Language(code).label) for code in params["languages"] if code in Language.values)
    if get_language() == "fr":
        names = names.lower()
    return _("Langue de travail commune : %(names)s") % {"names": names} if names else ""


def _lesson(reason: dict, reader: str) -> str:
    """What a refusal took away (learning.py). The refused need is another one, named to animators only."""
    code, params = reason["code"], reason.get("params", {})
    if reader == Reader.ANIMATOR and code in _LESSONS_FOR_ANIMATORS:
        label = dict(RefusalReason.choices).get(params["reason"], params["reason"])
        told = {"need": params["title"], "reason": str(label)}
        return str(_LESSONS_FOR_ANIMATORS[code]) % told
    if reader == Reader.ACTOR and code == DECLINED_NEAR:
        return _("Vous avez décliné un besoin proche")
    if reader == Reader.PROJECT and code == NOT_CHOSEN_NEAR:
        return _("Vous avez écarté cet acteur pour un besoin proche")
    return ""


_LESSONS_FOR_ANIMATORS = {
    DECLINED_NEAR: gettext_lazy("A décliné un besoin proche : %(need)s (%(reason)s)"),
    NOT_CHOSEN_NEAR: gettext_lazy("Écarté par le projet pour un besoin proche : %(need)s (%(reason)s)"),
}


def _doubt(text: Callable[[], str]) -> Callable[[float, dict], str]:
    return lambda value, params: text()


_SENTENCES: dict[str, Callable[[float, dict], str]] = {
    "skill_same": _skill_same,
    "skill_domain": _skill_domain,
    "skill_near": _skill_near,
    "words": _words,
    "meaning": _meaning,
    "place": _place,
    "mode": _mode,
    "theme": _theme,
    "kind": _kind,
    "language": _language,
    "place_unknown": _doubt(lambda: _("Territoire à confirmer")),
    "language_unknown": _doubt(lambda: _("Langue de travail à confirmer")),
    "mode_unknown": _doubt(lambda: _("Modalité à confirmer")),
    "dates_unknown": _doubt(lambda: _("Disponibilité à confirmer")),
    "kind_differs": lambda value, params: (
        _("Propose plutôt : %(kind)s") % {"kind": str(OfferKind(params["kind"]).label).lower()}
    ),
}


def _skill(names: dict[str, str]) -> str:
    """Name kept with the match, in the reader's language."""
    return names.get(get_language() or "fr") or names.get("fr") or _("compétence retirée")
