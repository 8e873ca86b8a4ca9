"""Animators write their own reason templates."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant


def create(apps, schema_editor):
    for group in (ANIMATION, ADMINISTRATION):
        grant(apps, group, "actors", {"reasontemplate": ACTIONS})


class Migration(migrations.Migration):
    dependencies = [("actors", "0032_reason_templates")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
