"""What animators and administrators may do here, and the texts a new portal starts with."""

from pathlib import Path

from django.db import migrations
from django.utils import timezone

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "page": ("view", "change"),
    "pageversion": ("view",),
    "partner": ACTIONS,
    "contactmessage": ("view", "change"),
    "contactreply": ("view",),
}
ADMINISTRATORS_MAY = {**ANIMATORS_MAY, "page": ("view", "add", "change")}
TEXTS = Path(__file__).resolve().parent.parent / "initial"
TITLES = {
    "mentions-legales": "Mentions légales",
    "confidentialite": "Politique de confidentialité",
    "conditions": "Conditions d'utilisation",
    "accessibilite": "Déclaration d'accessibilité",
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "pages", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "pages", ADMINISTRATORS_MAY)
    page = apps.get_model("pages", "Page")
    for position, (slug, title) in enumerate(TITLES.items()):
        body = (TEXTS / f"{slug}.md").read_text(encoding="utf-8")
        values = {"title": title, "body": body, "position": position, "updated_at": timezone.now()}
        page.objects.get_or_create(slug=slug, defaults=values)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
