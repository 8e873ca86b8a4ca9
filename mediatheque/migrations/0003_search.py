"""Full text of pages and transcripts in two languages, vectors of resources, stems that slips are compared with."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations, models

# As coexist_fr (coexist/common/migrations/0001_extensions.py).
ENGLISH = """
CREATE TEXT SEARCH CONFIGURATION coexist_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION coexist_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
# Texts and their vectors stand beside the rows, which a search then counts by the hundred thousand.
NARROW = "ALTER TABLE mediatheque_resourcepage SET (toast_tuple_target = 128)"
LANGUAGES = """
UPDATE mediatheque_resourcepage page SET language = file.language FROM mediatheque_resourcefile file
WHERE file.id = page.file_id AND file.language <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0080_freshness"),
        ("mediatheque", "0002_groups"),
    ]

    operations = [
        migrations.RunSQL(ENGLISH, "DROP TEXT SEARCH CONFIGURATION coexist_en"),
        migrations.CreateModel(
            name="KnownStem",
            fields=[
                ("stem", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="racine")),
                ("pages", models.PositiveIntegerField(verbose_name="pages")),
            ],
            options={
                "verbose_name": "racine connue",
                "verbose_name_plural": "racines connues",
            },
        ),
        migrations.AddField(
            model_name="resource",
            name="headings",
            field=models.TextField(blank=True, editable=False, verbose_name="intertitres"),
        ),
        migrations.AddField(
            model_name="resource",
            name="index_key",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="clé d'index"),
        ),
        migrations.AddField(
            model_name="resource",
            name="said",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(("languages__0", "en")),
                        then=django.contrib.postgres.search.SearchVector(
                            django.db.models.functions.text.Left(models.F("transcript"), models.Value(100000)),
                            config="coexist_en",
                        ),
                    ),
                    default=django.contrib.postgres.search.SearchVector(
                        django.db.models.functions.text.Left(models.F("transcript"), models.Value(100000)),
                        config="coexist_fr",
                    ),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="stems",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                default=list,
                editable=False,
                size=None,
                verbose_name="racines",
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="title_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("title"), function="coexist_plain"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="resource",
            name="vector",
            field=pgvector.django.halfvec.HalfVectorField(
                blank=True, dimensions=512, editable=False, null=True, verbose_name="vecteur"
            ),
        ),
        migrations.AddField(
            model_name="resourcepage",
            name="language",
            field=models.CharField(
                blank=True, help_text="Vide : lue comme du français.", max_length=3, verbose_name="langue"
            ),
        ),
        migrations.RunSQL(LANGUAGES, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="resourcepage",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(("language", "en")),
                        then=django.contrib.postgres.search.SearchVector(
                            django.db.models.functions.text.Left(models.F("text"), models.Value(100000)),
                            config="coexist_en",
                        ),
                    ),
                    default=django.contrib.postgres.search.SearchVector(
                        django.db.models.functions.text.Left(models.F("text"), models.Value(100000)),
                        config="coexist_fr",
                    ),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.RunSQL(NARROW, "ALTER TABLE mediatheque_resourcepage RESET (toast_tuple_target)"),
        migrations.AddIndex(
            model_name="resource",
            index=django.contrib.postgres.indexes.GinIndex(fields=["said"], name="resource_said"),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=django.contrib.postgres.indexes.GinIndex(fields=["stems"], name="resource_stems"),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("title_key"), name="gin_trgm_ops"),
                name="resource_title_trigrams",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=pgvector.django.indexes.HnswIndex(
                ef_construction=64, fields=["vector"], m=16, name="resource_nearest", opclasses=["halfvec_cosine_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="resourcepage",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="resource_page_search"),
        ),
        migrations.AddIndex(
            model_name="knownstem",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("stem"), name="gin_trgm_ops"),
                name="known_stem_trigrams",
            ),
        ),
    ]
