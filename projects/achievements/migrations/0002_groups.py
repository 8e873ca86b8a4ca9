"""What animators and administrators may do with achievements: read all of it, decide."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

BOTH_MAY = {"achievement": ("view", "change"), "appraisal": ("view",)}


def create(apps, schema_editor):
    for group in (ANIMATION, ADMINISTRATION):
        grant(apps, group, "achievements", BOTH_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("achievements", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
