"""The history of introductions made before it was kept: what their rows still tell."""

from django.db import migrations

LATER = {"accepted": "accepted", "declined": "declined", "withdrawn": "withdrawn"}


def tell(apps, schema_editor):
    Introduction = apps.get_model("partnerships", "Introduction")
    IntroductionStep = apps.get_model("partnerships", "IntroductionStep")
    steps = []
    for row in Introduction.objects.order_by("pk").iterator():
        steps.append(IntroductionStep(introduction=row, what="asked", by_id=row.asked_by_id, at=row.created_at))
        if row.state in LATER and row.answered_at:
            steps.append(
                IntroductionStep(introduction=row, what=LATER[row.state], by_id=row.answered_by_id, at=row.answered_at)
            )
    IntroductionStep.objects.bulk_create(steps, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_conversation")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
