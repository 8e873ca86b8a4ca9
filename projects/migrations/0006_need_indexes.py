"""Indexes by which needs are found by title, word, skill and meaning."""

import pgvector.django.indexes
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_searched_needs")]
    operations = [
        # An index that does not fit is made many times more slowly; parallel workers would need as much /dev/shm.
        migrations.RunSQL(
            "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL max_parallel_maintenance_workers = 0",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            "need", GinIndex(OpClass(models.F("title_key"), name="gin_trgm_ops"), name="need_title_trigrams")
        ),
        migrations.AddIndex("need", GinIndex(fields=["stems"], name="need_stems")),
        migrations.AddIndex("need", GinIndex(fields=["skill_keys"], name="need_skill_keys")),
        migrations.AddIndex(
            "need",
            pgvector.django.indexes.HnswIndex(
                ef_construction=64, fields=["vector"], m=16, name="need_nearest", opclasses=["halfvec_cosine_ops"]
            ),
        ),
        migrations.AddIndex("project", GinIndex(fields=["reach"], name="project_reach")),
    ]
