"""What an actor gave as its contact becomes a private contact; who may do what with contacts."""

from django.db import migrations

from coexist.common.groups import ACTIONS, ADMINISTRATION, ANIMATION, grant


def move(apps, schema_editor):
    """One contact for each actor that gave a name, an address or a number; private, as it was."""
    actors = apps.get_model("actors", "Actor").objects
    contacts = apps.get_model("actors", "Contact").objects
    given = actors.exclude(contact_name="", contact_email="", contact_phone="").filter(contacts=None)
    batch = []
    for actor in given.only("name", "contact_name", "contact_email", "contact_phone").iterator(chunk_size=1000):
        batch.append(
            contacts.model(
                actor=actor,
                name=actor.contact_name or actor.name[:120],
                email=actor.contact_email,
                phone=actor.contact_phone,
            )
        )
    contacts.bulk_create(batch, batch_size=1000)


def move_back(apps, schema_editor):
    """The first contact of each actor; a field holds one only."""
    contacts = apps.get_model("actors", "Contact").objects.order_by("actor_id", "pk").distinct("actor_id")
    actors = apps.get_model("actors", "Actor").objects
    for contact in contacts:
        actors.filter(pk=contact.actor_id).update(
            contact_name=contact.name, contact_email=contact.email, contact_phone=contact.phone
        )


def permit(apps, schema_editor):
    grant(apps, ANIMATION, "actors", {"contact": ACTIONS})
    grant(apps, ADMINISTRATION, "actors", {"contact": ACTIONS})


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0003_profile"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(move, move_back),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
