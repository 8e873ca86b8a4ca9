"""What the database must know before any table: accents, trigrams, vectors, French search."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
from pgvector.django import VectorExtension

# unaccent() is STABLE and cannot stand in an index; inside a configuration it can.
FRENCH = """
CREATE TEXT SEARCH CONFIGURATION coexist_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION coexist_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        VectorExtension(),
        migrations.RunSQL(FRENCH, "DROP TEXT SEARCH CONFIGURATION coexist_fr"),
    ]
