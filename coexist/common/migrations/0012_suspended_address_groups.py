"""What animators and administrators may do with suspended addresses: see, add by hand, lift."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

BOTH_MAY = {"suspendedaddress": ("view", "add", "change")}


def create(apps, schema_editor):
    for group in (ANIMATION, ADMINISTRATION):
        grant(apps, group, "common", BOTH_MAY)


class Migration(migrations.Migration):
    dependencies = [("common", "0011_suspended_address")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
