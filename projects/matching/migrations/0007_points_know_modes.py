"""Points know sets of modes: another length, so all are emptied, and filled again by rescoring.py.

Quick whatever the network: no row is rewritten, since the two tables are emptied first (TRUNCATE); they are locked
for as long. What takes time comes after it: offers and needs are read anew, two hundred actors a minute, and nothing
is matched meanwhile. A row that is due says so (Subject.READ); what people do waits beside it.
"""

import pgvector.django.halfvec
from django.db import migrations, models

EMPTY = "TRUNCATE matching_offerpoint, matching_needpoint"
READ_ANEW = """
    INSERT INTO matching_matchingdue (subject, subject_id, asked_at, attempts, error)
    SELECT 'read', 0, now(), 0, '' WHERE EXISTS (SELECT FROM actors_offer) OR EXISTS (SELECT FROM projects_need)
    ON CONFLICT DO NOTHING
"""
WHOLE = "DELETE FROM matching_matchingdue WHERE subject = 'read'"
SUBJECTS = [
    ("need", "besoin"), ("actor", "acteur"), ("again", "besoin, par le nouveau moteur"),
    ("read", "offres et besoins, à relire"),
]  # fmt: skip


def _point(model: str) -> migrations.AlterField:
    field = pgvector.django.halfvec.HalfVectorField(dimensions=1225, verbose_name="point")
    return migrations.AlterField(model_name=model, name="vector", field=field)


def _subject(model: str) -> migrations.AlterField:
    field = models.CharField(choices=SUBJECTS, max_length=5, verbose_name="sujet")
    return migrations.AlterField(model_name=model, name="subject", field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0006_solicitations_without_need"),
    ]

    operations = [
        _subject("lastmatching"),
        _subject("matchingdue"),
        migrations.RunSQL(EMPTY, WHOLE),
        _point("needpoint"),
        _point("offerpoint"),
        # In its row, as before: another type of column forgets it.
        migrations.RunSQL(
            "ALTER TABLE matching_offerpoint ALTER COLUMN vector SET STORAGE MAIN", migrations.RunSQL.noop
        ),
        migrations.RunSQL(READ_ANEW, EMPTY),
    ]
