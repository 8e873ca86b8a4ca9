from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("common", "0002_initial")]
    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
