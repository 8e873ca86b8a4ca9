"""What animators and administrators may do with resources."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant


def create(apps, schema_editor):
    grant(apps, ANIMATION, "mediatheque", {"resource": ("view", "change"), "resourcefile": ("view",)})
    grant(apps, ADMINISTRATION, "mediatheque", {"resource": ACTIONS, "resourcefile": ("view",)})


class Migration(migrations.Migration):
    dependencies = [
        ("mediatheque", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
