"""Needs of a synthetic network: the taxonomy's words, as long as people write, always the same ones."""

import random

from actors.enums import Mode, OfferKind
from actors.management.synthetic import CITIES, PUBLICS, SEED
from actors.models import Skill
from projects.matching import collections
from projects.models import Need

TERRITORIES = ("74", "01", "69", "SN", "MG", "BF", "TG", "CH-GE")
SENTENCES = (
    "Nous cherchons de l'aide : {} {}, à {}.",
    "Il faudrait {} {}, si possible à {}.",
    "{}, {}, avec notre équipe de {}.",
)


def write(number: int) -> list[Need]:
    """`number` open needs, not read by the engine yet, in projects of one actor that offers nothing."""
    chance = random.Random(SEED + 1)  # noqa: S311 - reproducible, not secret
    labels = sorted({label for skill in Skill.objects.exclude(parent=None) for label in skill.synonyms_fr})
    entries = [_entry(chance, labels, place) for place in range(number)]
    return collections.write_needs(collections.Collection([], entries, {}))


def _entry(chance: random.Random, labels: list[str], place: int) -> dict:
    def some(values: list, most: int) -> list:
        return chance.sample(values, chance.randint(1, most))

    def said() -> str:
        return chance.choice(SENTENCES).format(chance.choice(labels), chance.choice(PUBLICS), chance.choice(CITIES))

    return {
        "id": f"n{place}",
        "project_title": f"{chance.choice(labels)} à {chance.choice(CITIES)}".capitalize(),
        "project_summary": said(),
        "need_title": f"{chance.choice(labels)} {chance.choice(PUBLICS)}".capitalize(),
        "need_detail": f"{said()} {said()}",
        "kind": chance.choice(OfferKind.values),
        "modes_accepted": some(Mode.values, 3),
        "territories": some([*TERRITORIES], 2),
        "themes": some([*range(1, 18)], 3),
        "languages": ["fr"],
    }
