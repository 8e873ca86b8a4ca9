"""Titles as one compares them, by which the search over everything finds them."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0005_plain"), ("achievements", "0002_groups")]
    operations = [
        migrations.AddField(
            "achievement",
            "title_key",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("title"), function="coexist_plain"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            "achievement",
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title_key"), name="gin_trgm_ops"),
                name="achievement_title_trigrams",
            ),
        ),
    ]
