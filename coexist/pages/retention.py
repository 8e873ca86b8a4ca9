"""How long messages of the contact form are kept."""

from django.utils.translation import gettext_lazy as _

from coexist.common.retention import RetentionRule, days_ago, register_rule

from .enums import WAITING
from .models import ContactMessage

DONE_KEPT = 365  # days

register_rule(
    RetentionRule(
        "contact_messages",
        what=_("Messages du formulaire de contact et réponses"),
        period=_("1 an après la réponse ou le classement"),
        action=_("le message et ses réponses sont supprimés"),
        why=_("reprendre un échange, répondre à une réclamation"),
        source=_("RGPD, art. 6(1)(f) : répondre à qui nous écrit"),
        rows=lambda: ContactMessage.objects.exclude(state__in=WAITING).filter(changed_at__lt=days_ago(DONE_KEPT)),
        apply=lambda messages: messages.delete(),
    )
)
