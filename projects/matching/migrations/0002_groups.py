"""What animators and administrators may do with matches."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "match": ("view",),
    "refusal": ("view",),
    "matchingdue": ("view",),
}
ADMINISTRATORS_MAY = {
    "match": ("view",),
    "refusal": ("view",),
    "matchingdue": ("view",),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "matching", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "matching", ADMINISTRATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
