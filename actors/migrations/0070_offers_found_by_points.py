"""Offers are found by their points in the matching space, where their vectors stand beside what else counts.

An offer's vector stays in its row: a need is compared with some thousand of them, and each fetch from the side
table costs more than the comparison. Rows that stand move when they are next written.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("actors", "0060_news")]
    operations = [
        migrations.RemoveIndex("offer", "offer_nearest"),
        migrations.RunSQL(
            "ALTER TABLE actors_offer ALTER COLUMN vector SET STORAGE MAIN",
            "ALTER TABLE actors_offer ALTER COLUMN vector SET STORAGE EXTERNAL",
        ),
    ]
