"""Writing pages and messages, with what must be kept of them."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actors.models import User

from .enums import MessageState
from .mails import acknowledge, send_reply
from .models import ContactMessage, ContactReply, Page, PageVersion


@transaction.atomic
def save_page(*, page: Page, acting_user: User) -> Page:
    """Save an edited text; the text it replaces stays readable. Unchanged, nothing moves."""
    page.body = "\n".join(page.body.strip().splitlines())  # browsers send other ends of lines
    before = Page.objects.select_for_update().filter(pk=page.pk).first()
    if before is not None:
        if (before.title, before.body.strip()) != (page.title, page.body):
            PageVersion.objects.create(
                page=page, number=before.version, title=before.title, body=before.body, since=before.updated_at,
                by=acting_user,
            )  # fmt: skip
            page.version, page.updated_at = before.version + 1, timezone.now()
    else:
        page.updated_at = timezone.now()
    page.save()
    return page


@transaction.atomic
def receive_message(*, message: ContactMessage) -> bool:
    """Keep a visitor's message and say that it arrived; False for the second of two clicks."""
    kept, is_new = ContactMessage.objects.get_or_create(
        form_key=message.form_key,
        defaults={name: getattr(message, name) for name in ("name", "email", "subject", "body")},
    )
    if is_new:
        acknowledge(kept)
    return is_new


@transaction.atomic
def reply(*, message: ContactMessage, body: str, form_key: UUID, acting_user: User) -> bool:
    """Answer by mail; False for the second of two clicks."""
    locked = ContactMessage.objects.select_for_update().get(pk=message.pk)
    answer, is_new = ContactReply.objects.get_or_create(
        form_key=form_key, defaults={"message": locked, "body": body, "by": acting_user}
    )
    if is_new:
        _move(locked, MessageState.ANSWERED, acting_user)
        send_reply(answer)
    return is_new


@transaction.atomic
def take(*, message: ContactMessage, acting_user: User) -> None:
    """Say that one sees to it."""
    _move(ContactMessage.objects.select_for_update().get(pk=message.pk), MessageState.ASSIGNED, acting_user)


@transaction.atomic
def close(*, message: ContactMessage, acting_user: User) -> None:
    """Nothing more to do; also for what needs no answer."""
    _move(ContactMessage.objects.select_for_update().get(pk=message.pk), MessageState.CLOSED, acting_user)


def _move(message: ContactMessage, state: MessageState, by: User) -> None:
    message.state, message.assigned_to = state, by
    message.save(update_fields=["state", "assigned_to", "changed_at"])
