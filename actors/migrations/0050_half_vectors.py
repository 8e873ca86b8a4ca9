"""Vectors in half precision; what lists read stays in the actor's row."""

import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations

# Only long texts and what searches read leave the rows: a count that must fetch each array
# of 100,000 rows from the side table takes four times as long.
IN_ROW = (
    "name", "name_key", "slug", "summary", "city", "themes", "territories", "languages", "reach",
    "offer_kinds", "offer_modes", "offer_skills",
)  # fmt: skip


def storage(kind):
    return f"ALTER TABLE actors_actor {', '.join(f'ALTER COLUMN {column} SET STORAGE {kind}' for column in IN_ROW)}"


def vector():
    return pgvector.django.halfvec.HalfVectorField(
        blank=True, dimensions=512, editable=False, null=True, verbose_name="vecteur"
    )


def nearest(name):
    return pgvector.django.indexes.HnswIndex(
        ef_construction=64, fields=["vector"], m=16, name=name, opclasses=["halfvec_cosine_ops"]
    )


class Migration(migrations.Migration):
    dependencies = [("actors", "0040_erasure")]
    operations = [
        migrations.RemoveIndex("actor", "actor_nearest"),
        migrations.RemoveIndex("offer", "offer_nearest"),
        migrations.RunSQL(storage("MAIN"), storage("EXTENDED")),
        # An index that does not fit is made many times more slowly; parallel workers would need as much /dev/shm.
        migrations.RunSQL(
            "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL max_parallel_maintenance_workers = 0",
            migrations.RunSQL.noop,
        ),
        # Rewrites the table, by the storage above.
        migrations.AlterField("actor", "vector", vector()),
        migrations.AlterField("offer", "vector", vector()),
        migrations.AddIndex("actor", nearest("actor_nearest")),
        migrations.AddIndex("offer", nearest("offer_nearest")),
    ]
