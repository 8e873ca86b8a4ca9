"""What an animator may do with a mail by hand."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from coexist.common.jobs import enqueue_on_commit

from .enums import MailState
from .models import OutgoingEmail

RESENDABLE = {MailState.FAILED, MailState.QUEUED, MailState.SENT}


def may_read_body(mail: OutgoingEmail) -> bool:
    return settings.MAIL_SHOW_SECRETS or not mail.kind.secret


@transaction.atomic
def resend(mail: OutgoingEmail) -> bool:
    """Queue the mail once more, at once; False where that makes no sense (wiped, merged, cancelled).

    It still passes `still_wanted` and the opt-outs: nobody is mailed against their will.
    """
    locked = OutgoingEmail.objects.select_for_update().get(pk=mail.pk)
    if locked.state not in RESENDABLE or not locked.body_text:
        return False
    locked.state, locked.attempts, locked.next_attempt_at = MailState.QUEUED, 0, timezone.now()
    locked.save(update_fields=["state", "attempts", "next_attempt_at"])
    from .tasks import deliver

    enqueue_on_commit(deliver, locked.pk)
    return True
