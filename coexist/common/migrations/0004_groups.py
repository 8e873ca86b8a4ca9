"""What animators and administrators may do with mails."""

from django.db import migrations

from coexist.common.groups import ADMINISTRATION, ANIMATION, grant

ANIMATORS_MAY = {
    "outgoingemail": ("view", "change"),
    "emailoptout": ("view",),
    "heartbeat": ("view",),
}
ADMINISTRATORS_MAY = {
    "outgoingemail": ("view", "change"),
    "emailoptout": ("view",),
    "heartbeat": ("view",),
}


def create(apps, schema_editor):
    grant(apps, ANIMATION, "common", ANIMATORS_MAY)
    grant(apps, ADMINISTRATION, "common", ADMINISTRATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_cache_table"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
