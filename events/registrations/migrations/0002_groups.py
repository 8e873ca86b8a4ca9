"""Who comes is read by administrators; animators see numbers."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, grant


def create(apps, schema_editor):
    grant(apps, ADMINISTRATION, "registrations", {"registration": ("view",)})


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
