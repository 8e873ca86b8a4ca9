"""What animators and administrators may do with campaigns."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

THEY_MAY = {
    "campaign": ("view", "change", "add"),
    "coordination": ("view", "change", "add", "delete"),
    "activity": ("view", "change"),
    "support": ("view", "change"),
    "meeting": ("view", "change", "add"),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "campaigns", THEY_MAY)
    grant(apps, ADMINISTRATION, "campaigns", THEY_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
