"""What animators and administrators may do with people, actors, offers and skills."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "actor": ("view", "change"),
    "offer": ("view", "change"),
    "membership": ("view",),
    "actordecision": ("view",),
    "skill": ("view",),
    "user": ("view",),
}
ADMINISTRATORS_MAY = {
    "actor": ACTIONS,
    "offer": ACTIONS,
    "membership": ACTIONS,
    "actordecision": ("view",),
    "skill": ACTIONS,
    "user": ("view", "add", "change"),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "actors", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "actors", ADMINISTRATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
