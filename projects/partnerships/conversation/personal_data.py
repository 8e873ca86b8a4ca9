"""What a person wrote in threads: it stays with the other side, without a name."""

from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Holding, register_holding

from .models import Attachment, IntroductionStep, Message, ThreadReader

register_holding(
    Holding(
        "thread_messages",
        _("Vos messages dans des échanges"),
        ("introduction", "text", "created_at"),
        lambda person, addresses: Message.objects.filter(author=person).select_related(
            "introduction__need", "introduction__actor"
        ),
    )
)
register_holding(
    Holding(
        "thread_attachments",
        _("Vos pièces jointes dans des échanges"),
        ("name", "size"),
        lambda person, addresses: Attachment.objects.filter(message__author=person),
    )
)
register_holding(
    Holding(
        "introduction_steps",
        _("Ce que vous avez décidé dans des mises en relation"),
        ("introduction", "what", "why", "at"),
        lambda person, addresses: IntroductionStep.objects.filter(by=person).select_related(
            "introduction__need", "introduction__actor"
        ),
    )
)
register_holding(
    Holding(
        "thread_readings",
        _("Jusqu'où vous avez lu vos échanges"),
        ("introduction", "mailed_at"),
        lambda person, addresses: ThreadReader.objects.filter(person=person).select_related(
            "introduction__need", "introduction__actor"
        ),
        erase=lambda person, addresses: ThreadReader.objects.filter(person=person).delete(),
    )
)
