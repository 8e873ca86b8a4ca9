"""What the page of an introduction shows of its thread to one person."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from actors.models import User

from ..enums import Side
from ..models import Introduction
from . import rules
from .forms import MessageForm
from .models import IntroductionStep, Message, ThreadReader
from .telling import unread

A_PAGE = 30  # messages, the latest first
MOST_STEPS = 50


@dataclass(frozen=True)
class Thread:
    page: Page
    messages: list[Message]  # of the page, in order of time
    steps: list[IntroductionStep]
    side: Side | None
    is_hidden: bool  # to an animator whom nobody asked
    new: int
    last: int
    form: MessageForm | None
    may_close: bool


def thread_of(introduction: Introduction, user: User, page: str | None, form: MessageForm | None = None) -> Thread:
    """`form` as it was refused; else an empty one where the person may write."""
    side = rules.side_of(user, introduction)
    rows = introduction.messages.visible_to(user).order_by("-pk").select_related("author")
    found = Paginator(rows.prefetch_related("attachments"), A_PAGE).get_page(page)
    messages = list(reversed(found.object_list))
    speaks = rules.speaks_for(user, introduction)
    last = messages[-1].pk if messages else 0
    if form is None and speaks and rules.may_write(introduction, speaks):
        form = MessageForm(initial={"seen": last})
    return Thread(
        page=found,
        messages=messages,
        steps=list(introduction.steps.select_related("by")[:MOST_STEPS]),
        side=side,
        is_hidden=side is None and introduction.help_asked_at is None,
        new=_new(introduction, user, side),
        last=last,
        form=form,
        may_close=bool(speaks and rules.may_close(introduction, speaks)),
    )


def _new(introduction: Introduction, user: Any, side: Side | None) -> int:
    if side is None:
        return 0
    reading = ThreadReader.objects.filter(introduction=introduction, person=user)
    return unread(introduction, side, reading.values_list("read_to", flat=True).first() or 0).count()
