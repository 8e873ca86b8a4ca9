"""Making registrations nobody's: numbers stay, names do not."""

from django.db.models import QuerySet
from django.utils import timezone

from coexist.common.mail.erased import forget_recipient
from coexist.common.mail.models import OutgoingEmail

from .models import Seat

ABOUT = "registration_"  # the codes of our kinds of mail


def wipe(registrations: QuerySet) -> None:
    """Names, addresses and notes; also in the mails that spoke of them."""
    keys = list(registrations.values_list("pk", flat=True))
    about = OutgoingEmail.objects.filter(kind_code__startswith=ABOUT, refers_to__registration__in=keys)
    forget_recipient(about)
    Seat.objects.filter(registration__in=keys).update(address="")
    registrations.model._default_manager.filter(pk__in=keys).update(
        person=None, name="", email="", access_needs="", erased_at=timezone.now()
    )
