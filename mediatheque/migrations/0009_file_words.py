"""Stems of whole files, by which documents are found, and no more their pages; stems known by documents."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# As search/words.py writes them.
FILL = """
INSERT INTO mediatheque_filewords (file_id, words)
SELECT file.id, coalesce((
    SELECT array_to_tsvector(array_agg(lexeme || CASE
        WHEN number >= 5 AND number * 250 >= length THEN '++'
        WHEN number >= 3 AND number * 1000 >= length THEN '+' ELSE '' END))
    FROM (
        SELECT lexeme, number, sum(number) OVER () AS length,
            sum(octet_length(lexeme)) OVER (ORDER BY number DESC, lexeme) AS bytes
        FROM (
            SELECT lexeme, sum(cardinality(positions)) AS number
            FROM mediatheque_resourcepage page, unnest(page.search)
            WHERE page.file_id = file.id AND octet_length(lexeme) <= 60 GROUP BY lexeme
        ) stem
    ) stem
    WHERE bytes <= 600000
), '')
FROM mediatheque_resourcefile file WHERE file.extraction = 'done'
"""


class Migration(migrations.Migration):
    dependencies = [("mediatheque", "0008_read_subtitles")]

    operations = [
        migrations.CreateModel(
            name="FileWords",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="words",
                        serialize=False, to="mediatheque.resourcefile", verbose_name="fichier",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField(verbose_name="mots")),
            ],
            options={"verbose_name": "mots d'un fichier", "verbose_name_plural": "mots des fichiers"},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # The foreign key is checked now, so that the index can be made in the same transaction.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="filewords",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="resource_file_words"),
        ),
        migrations.RemoveIndex(model_name="resourcepage", name="resource_page_search"),
        migrations.RenameField(model_name="knownstem", old_name="pages", new_name="documents"),
        migrations.AlterField(
            model_name="knownstem", name="documents", field=models.PositiveIntegerField(verbose_name="documents")
        ),
        migrations.AddIndex(
            model_name="knownstem", index=models.Index(fields=["documents"], name="known_stem_documents")
        ),
    ]  # fmt: skip
