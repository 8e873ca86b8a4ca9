"""What animators and administrators may do with projects and needs."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "project": ("view", "change"),
    "need": ("view", "change"),
}
ADMINISTRATORS_MAY = {
    "project": ACTIONS,
    "need": ACTIONS,
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "projects", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "projects", ADMINISTRATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
