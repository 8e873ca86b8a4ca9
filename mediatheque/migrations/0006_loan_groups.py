"""What animators and administrators may do with collections; loans they see."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant

MAY = {"collection": ACTIONS, "collectionstep": ACTIONS, "loanrequest": ("view",)}


def create(apps, schema_editor):
    for group in (ANIMATION, ADMINISTRATION):
        grant(apps, group, "mediatheque", MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("mediatheque", "0005_loans"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
