from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def enter_proposals(apps, schema_editor):
    """The caps of the first week count what was proposed before the ledger."""
    Mail, Match = apps.get_model("common", "OutgoingEmail"), apps.get_model("matching", "Match")
    Solicitation = apps.get_model("matching", "Solicitation")
    since = timezone.now() - timedelta(days=14)
    mails = Mail.objects.filter(kind_code="needs_for_actor", created_at__gte=since).exclude(recipient=None)
    for mail in mails.exclude(state="cancelled"):
        for match in Match.objects.filter(pk__in=mail.refers_to.get("matches", [])):
            Solicitation.objects.create(
                need=match.need,
                actor=match.actor,
                person=mail.recipient,
                channel="proposal",
                mail=mail,
                created_at=mail.created_at,
            )


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_ledger")]
    operations = [migrations.RunPython(enter_proposals, migrations.RunPython.noop)]
