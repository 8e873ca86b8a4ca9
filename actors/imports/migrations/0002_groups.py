"""What animators and administrators may do with imports."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

STAFF_MAY = {"importrun": ("view", "change"), "provenance": ("view", "change")}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "imports", STAFF_MAY)
    grant(apps, ADMINISTRATION, "imports", STAFF_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
