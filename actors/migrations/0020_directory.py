"""What the directory searches and sorts by; the arrays made from offers, for the rows that exist already."""

import pgvector.django
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Cast

from coexist.common.places import place_of
from coexist.common.territories import with_parents

OFFERS = """
UPDATE actors_actor SET
    offer_kinds = ARRAY(SELECT DISTINCT kind FROM actors_offer WHERE actor_id = actors_actor.id ORDER BY 1),
    offer_modes = ARRAY(
        SELECT DISTINCT unnest(modes) FROM actors_offer WHERE actor_id = actors_actor.id ORDER BY 1
    ),
    offer_skills = ARRAY(
        SELECT DISTINCT unnest(ARRAY[skill.id, skill.parent_id]) AS key
        FROM actors_offer offer
        JOIN actors_offer_skills carried ON carried.offer_id = offer.id
        JOIN actors_skill skill ON skill.id = carried.skill_id
        WHERE offer.actor_id = actors_actor.id
        ORDER BY key
    )
"""


def fill(apps, schema_editor):
    """Also positions. A skill without a domain leaves a NULL behind, which the first line takes away."""
    schema_editor.execute(OFFERS)
    schema_editor.execute("UPDATE actors_actor SET offer_skills = array_remove(offer_skills, NULL)")
    actors, offers = apps.get_model("actors", "Actor"), apps.get_model("actors", "Offer")
    own = {}
    for actor, codes in offers.objects.values_list("actor", "territories"):
        own.setdefault(actor, []).extend(codes)
    for actor in actors.objects.only("pk", "territories", "country", "postcode", "city").iterator(chunk_size=500):
        codes = [*actor.territories, *own.get(actor.pk, [])]
        place = place_of(country=str(actor.country), postcode=actor.postcode, city=actor.city)
        actors.objects.filter(pk=actor.pk).update(
            reach=sorted({around for code in codes for around in with_parents(code)}),
            latitude=place and place.latitude,
            longitude=place and place.longitude,
        )


# Long texts and vectors leave the rows for their side table sooner: lists that count 100,000 rows then read a third.
NARROW = "ALTER TABLE actors_actor SET (toast_tuple_target = 400)"


def nearest(name):
    half = Cast("vector", pgvector.django.HalfVectorField(dimensions=512))
    return pgvector.django.HnswIndex(OpClass(half, name="halfvec_cosine_ops"), name=name, m=16, ef_construction=64)


class Migration(migrations.Migration):
    # The rows are written in a transaction of their own: PostgreSQL makes no index on a table with pending changes.
    atomic = False
    dependencies = [("actors", "0011_joining_groups")]
    operations = [
        migrations.RunSQL(NARROW, "ALTER TABLE actors_actor RESET (toast_tuple_target)"),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("actor", GinIndex(fields=["stems"], name="actor_stems")),
        migrations.AddIndex("actor", models.Index(fields=["state", "-confirmed_at"], name="actor_state_confirmed")),
        migrations.AddIndex("actor", nearest("actor_nearest")),
        migrations.AddIndex("offer", nearest("offer_nearest")),
    ]
