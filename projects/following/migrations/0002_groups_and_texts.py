"""What animators and administrators may do with partnerships; the texts and tax rules a new portal starts with."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "partnership": ("view", "change"),
    "agreement": ("view",),
    "agreementtemplate": ("view", "change"),
    "taxrule": ("view", "add", "change"),
}
ADMINISTRATORS_MAY = {**ANIMATORS_MAY, "taxrule": ("view", "add", "change", "delete")}
TEXTS = Path(__file__).resolve().parent.parent / "agreements" / "initial"
TITLES = {"partnership": "Convention de partenariat", "mecenat_competences": "Convention de mécénat de compétences"}
NUMBERS = ("rate", "bracket", "rate_above", "ceiling", "ceiling_share")


def create(apps, schema_editor):
    grant(apps, ANIMATION, "following", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "following", ADMINISTRATORS_MAY)
    template, rule = apps.get_model("following", "AgreementTemplate"), apps.get_model("following", "TaxRule")
    for kind, title in TITLES.items():
        body = (TEXTS / f"{kind}.md").read_text(encoding="utf-8")
        template.objects.get_or_create(kind=kind, defaults={"title": title, "body": body, "updated_at": timezone.now()})
    for entry in tomllib.loads((TEXTS / "tax.toml").read_text(encoding="utf-8"))["rule"]:
        numbers = {name: Decimal(entry[name]) for name in NUMBERS if name in entry}
        told = {"legal_source": entry["source"], "conditions": entry["conditions"].strip(), **numbers}
        rule.objects.get_or_create(donor=entry["donor"], since=entry["since"], defaults=told)


class Migration(migrations.Migration):
    dependencies = [
        ("following", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
