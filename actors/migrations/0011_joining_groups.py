"""Animators see who asks to join, and answer where an actor has no owner."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

STAFF_MAY = {
    "invitation": ("view",),
    "membershipclaim": ("view", "change"),
    "membershipevent": ("view",),
}


def create(apps, schema_editor):
    for group in (ANIMATION, ADMINISTRATION):
        grant(apps, group, "actors", STAFF_MAY)


class Migration(migrations.Migration):
    dependencies = [("actors", "0010_joining")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
