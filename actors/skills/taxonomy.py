"""Reading the taxonomy's file into the database; running it again changes nothing."""

import tomllib
from pathlib import Path

from django.db import transaction

from .models import Skill

FILE = Path(__file__).parent / "data" / "taxonomy.toml"
STANDARDS = ("esco", "rome", "dac", "sdg")


@transaction.atomic
def load_taxonomy(file: Path = FILE) -> int:
    """Create or update each domain and skill of `file`; return how many changed.

    A skill that the file no longer has is kept: offers and needs may carry it.
    """
    with file.open("rb") as opened:
        domains = tomllib.load(opened)["domain"]
    existing = {skill.code: skill for skill in Skill.objects.all()}
    changed = 0
    for entry in domains:
        domain, was_changed = _save(existing, entry, parent=None)
        changed += was_changed
        for child in entry.get("skill", []):
            changed += _save(existing, child, parent=domain)[1]
    return changed


def _save(existing: dict[str, Skill], entry: dict, *, parent: Skill | None) -> tuple[Skill, bool]:
    skill = existing.get(entry["code"]) or Skill(code=entry["code"])
    wanted = {
        "parent_id": parent.pk if parent else None,
        "name_fr": entry["fr"],
        "name_en": entry["en"],
        "synonyms_fr": entry.get("synonyms_fr", []),
        "synonyms_en": entry.get("synonyms_en", []),
        "standards": {name: entry[name] for name in STANDARDS if entry.get(name)},
    }
    if skill.pk and all(getattr(skill, field) == value for field, value in wanted.items()):
        return skill, False
    for field, value in wanted.items():
        setattr(skill, field, value)
    skill.save()
    return skill, True
