"""The mail that tells what became of a resource."""

from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail

from .models import Resource


def _still_so(mail: OutgoingEmail) -> bool:
    """The reader still sees it, and nothing was decided since."""
    if mail.recipient is None:
        return False
    seen = Resource.objects.visible_to(mail.recipient)
    return seen.filter(pk=mail.refers_to["resource"], state=mail.refers_to["state"]).exists()


DECIDED = register(
    MailKind(
        "resource_decided", _("Médiathèque : décision de l'équipe d'animation"), Group.TRANSACTIONAL,
        still_wanted=_still_so,
    )
)  # fmt: skip


def tell_decision(resource: Resource) -> None:
    """Whoever submitted it, while their account is open."""
    person = resource.submitted_by
    if person is not None and person.is_active:
        key = f"{DECIDED.code}:{resource.pk}:{resource.state}:{resource.state_since.isoformat()}"
        refers_to = {"resource": resource.pk, "state": resource.state}
        queue_mail(DECIDED, to=person, dedupe_key=key, context={"resource": resource}, refers_to=refers_to)
