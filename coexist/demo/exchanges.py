"""What people of the demo wrote to each other, and a need that nobody took."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actors.models import Actor, User
from projects.matching.feedback import record_refusal
from projects.matching.models import Solicitation
from projects.models import Need
from projects.partnerships.conversation.models import Message, ThreadReader
from projects.partnerships.conversation.services import say
from projects.partnerships.enums import Side
from projects.partnerships.models import Introduction

Needs = dict[str, list[Need]]


def write(content: dict, needs: Needs, actors: dict[str, Actor]) -> None:
    for entry in content["message"]:
        _message(entry, needs[entry["project"]][entry["need"]], actors[entry["actor"]])
    for entry in content["refusal"]:
        _refuse(entry, needs[entry["project"]][entry["need"]])


def _message(entry: dict, need: Need, actor: Actor) -> None:
    side = Side(entry["side"])
    introduction = Introduction.objects.select_related("need__project__lead", "actor").get(need=need, actor=actor)
    file = entry.get("file")
    files = [SimpleUploadedFile(file["name"], file["content"].encode())] if file else []
    read = introduction.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    author = User.objects.get(memberships__actor=introduction.of_side(side))
    message, _new = say(
        introduction=introduction, side=side, text=entry["text"], files=files, form_key=uuid4(),
        seen=read, acting_user=author,
    )  # fmt: skip
    written = timezone.now() - timedelta(days=entry["days_ago"])
    Message.objects.filter(pk=message.pk).update(created_at=written)
    ThreadReader.objects.filter(introduction=introduction, mailed_at__gt=written).update(mailed_at=written)


def _refuse(entry: dict, need: Need) -> None:
    """One of those who were asked says no; the others were asked as long ago."""
    asked = Solicitation.objects.filter(need=need).select_related("actor", "person").order_by("pk")
    first = asked.first()
    if first is None:
        return
    when = timezone.now() - timedelta(days=entry["days_ago"])
    asked.update(created_at=when - timedelta(days=2))
    refusal = record_refusal(
        need=need, actor=first.actor, by_actor=True, reason=entry["reason"], text=entry["text"],
        acting_user=first.person,
    )  # fmt: skip
    if refusal is not None:
        type(refusal).objects.filter(pk=refusal.pk).update(created_at=when)
