"""What lists of needs search and filter by, for the rows that exist already; their indexes come next."""

import django.contrib.postgres.fields
from django.db import migrations, models

from coexist.common.territories import with_parents

SKILLS = """
UPDATE projects_need SET skill_keys = array_remove(ARRAY(
    SELECT DISTINCT unnest(ARRAY[skill.id, skill.parent_id]) AS key
    FROM projects_need_skills carried JOIN actors_skill skill ON skill.id = carried.skill_id
    WHERE carried.need_id = projects_need.id
    ORDER BY key
), NULL)
"""


def fill(apps, schema_editor):
    schema_editor.execute(SKILLS)
    projects = apps.get_model("projects", "Project").objects
    for project in projects.exclude(territories=[]).only("pk", "territories").iterator(chunk_size=500):
        reach = sorted({around for code in project.territories for around in with_parents(code)})
        projects.filter(pk=project.pk).update(reach=reach)


def derived(verbose_name, element):
    return django.contrib.postgres.fields.ArrayField(
        base_field=element, blank=True, default=list, editable=False, size=None, verbose_name=verbose_name
    )


class Migration(migrations.Migration):
    dependencies = [("common", "0005_plain"), ("actors", "0050_half_vectors"), ("projects", "0004_half_vectors")]
    operations = [
        migrations.AddField("need", "skill_keys", derived("compétences et leurs domaines", models.BigIntegerField())),
        migrations.AddField(
            "need",
            "title_key",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("title"), function="coexist_plain"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            "project", "reach", derived("territoires, larges et étroits", models.CharField(max_length=6))
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
