"""By which what is new since a moment is found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actors", "0050_half_vectors")]
    operations = [
        migrations.AddIndex("actor", models.Index(fields=["approved_at"], name="actor_approved_at")),
        migrations.AddIndex("offer", models.Index(fields=["updated_at"], name="offer_updated_at")),
    ]
