from django.db import migrations


def enter_questions(apps, schema_editor):
    """What projects asked before the ledger counts, and is not proposed by CoExist as well."""
    Mail, Introduction = apps.get_model("common", "OutgoingEmail"), apps.get_model("partnerships", "Introduction")
    Solicitation = apps.get_model("matching", "Solicitation")
    asked = {row.pk: row for row in Introduction.objects.filter(side="project", state="proposed")}
    mails = Mail.objects.filter(kind_code="introduction_asked", refers_to__introduction__in=list(asked))
    for mail in mails.exclude(recipient=None):
        row = asked[mail.refers_to["introduction"]]
        Solicitation.objects.create(
            need=row.need,
            actor=row.actor,
            person=mail.recipient,
            channel="question",
            mail=mail,
            created_at=mail.created_at,
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_withdrawn_state"), ("matching", "0004_ledger_of_mails")]
    operations = [migrations.RunPython(enter_questions, migrations.RunPython.noop)]
