from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    NEW = "new", _("nouveau")
    ASSIGNED = "assigned", _("pris en charge")
    ANSWERED = "answered", _("répondu")
    CLOSED = "closed", _("classé")


WAITING = (MessageState.NEW, MessageState.ASSIGNED)
