"""Subtitles that came before they were searched wait for the worker, who reads what is said in them."""

from django.db import migrations


def wait(apps, schema_editor):
    files = apps.get_model("mediatheque", "ResourceFile").objects
    files.filter(kind="subtitles", pages=None).update(extraction="waiting", attempts=0, lease=None, leased_until=None)


class Migration(migrations.Migration):
    dependencies = [("mediatheque", "0007_loan_reminders")]
    operations = [migrations.RunPython(wait, migrations.RunPython.noop)]
