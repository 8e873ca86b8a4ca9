"""What animators and administrators may do with introductions."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "introduction": ("view",),
}
ADMINISTRATORS_MAY = {
    "introduction": ("view",),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "partnerships", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "partnerships", ADMINISTRATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
