import pgvector.django.halfvec
from django.db import migrations


def vector():
    return pgvector.django.halfvec.HalfVectorField(
        blank=True, dimensions=512, editable=False, null=True, verbose_name="vecteur"
    )


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_history")]
    operations = [
        migrations.AlterField("need", "vector", vector()),
        migrations.AlterField("project", "vector", vector()),
    ]
