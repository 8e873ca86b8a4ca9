"""What animators and administrators may do with accompaniment."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

THEY_MAY = {
    "supportrequest": ("view", "change"),
    "expertoffer": ("view", "change"),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "support", THEY_MAY)
    grant(apps, ADMINISTRATION, "support", THEY_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
