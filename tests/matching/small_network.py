"""A small network that lives for days: people act, jobs run, and what leaves is read from the outbox."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core import mail as outgoing
from django.test import Client
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.tasks import deliver_due, send_digests
from projects import services as project_services
from projects.matching import rescoring
from projects.matching import tasks as matching
from projects.matching.models import Match
from projects.models import Need
from projects.partnerships import tasks as partnerships
from projects.partnerships.models import Introduction
from projects.tasks import close_past_needs
from tests.factories import network, people

START = datetime(2031, 5, 12, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))  # a Monday
WANTED = "Relire les statuts de notre association"
ANSWER = "Relecture de statuts associatifs"
PROPOSAL, QUESTION, REMINDER, NAMES = "proposal", "question", "reminder", "names"
CHANNELS = {
    "needs_for_actor": PROPOSAL, "introduction_asked": QUESTION, "needs_reminder": REMINDER,
    "introduction_reminder": REMINDER, "need_matches": NAMES,
}  # fmt: skip
JOBS = (
    close_past_needs, matching.sweep, partnerships.remind, matching.remind, partnerships.tell_waiting_questions,
    matching.announce_due, send_digests, deliver_due,
)  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One need and one actor of one mail that left."""

    at: datetime
    channel: str
    kind: str
    person: int
    need: int
    actor: int
    mail: int
    written: datetime
    is_replacement: bool


def read_outbox(start: int) -> Iterator[Sent]:
    """What the messages from number `start` on said; answers and offers to a project's people left out."""
    for message in outgoing.outbox[start:]:
        key = re.search(r"coexist-(\d+)@", message.extra_headers["Message-ID"]).group(1)
        row = OutgoingEmail.objects.get(pk=key)
        for part in row.parts.all() if row.kind_code == "digest" else [row]:
            for need, actor in _pairs(part):
                yield Sent(
                    row.sent_at, CHANNELS[part.kind_code], part.kind_code, row.recipient_id, need, actor, row.pk,
                    part.created_at, "instead_of" in part.refers_to,
                )  # fmt: skip


def _pairs(mail: OutgoingEmail) -> list[tuple[int, int]]:
    if mail.kind_code not in CHANNELS:
        return []
    if "introduction" in mail.refers_to:
        introduction = Introduction.objects.get(pk=mail.refers_to["introduction"])
        return [(introduction.need_id, introduction.actor_id)] if introduction.side == "project" else []
    return list(Match.objects.filter(pk__in=mail.refers_to["matches"]).values_list("need", "actor"))


class SmallNetwork:
    """Every actor offers what every need asks for, so that only the caps hold mails back."""

    def __init__(self, clock, actors: int = 13, needs: int = 1) -> None:
        self.clock, self.client = clock, Client(enforce_csrf_checks=True)
        clock.now = START
        self.read, self.left = len(outgoing.outbox), []
        lead, self.lead_owner = network.owned_actor(languages=["fr"])
        self.project = network.project(lead)
        self.actors = [self.join_actor(digest) for digest, _ in zip(_digests(), range(actors), strict=False)]
        self.needs = [self.publish_need() for _ in range(needs)]

    def join_actor(self, digest: str = "immediate", owner: User | None = None) -> Actor:
        actor = network.actor(owner=owner or people.verified(digest=digest))
        network.read(actor, network.offer(actor, ANSWER))
        return actor

    def publish_need(self, title: str = WANTED) -> Need:
        need = network.need(self.project, title, state="draft")
        project_services.publish(project=self.project, needs=[need], acting_user=self.lead_owner)
        return need

    def change_need(self, need: Need, **fields) -> None:
        need.refresh_from_db()
        for name, value in fields.items():
            setattr(need, name, value)
        project_services.save_need(need=need, skills=None, acting_user=self.lead_owner)

    def owner_of(self, actor: Actor) -> User:
        return actor.memberships.order_by("pk").first().user

    def run_jobs(self) -> None:
        self.clock.forward(minutes=1)  # what was asked this minute is left to its message
        for job in JOBS:
            job()

    def pass_day(self) -> None:
        self.clock.forward(days=1)
        self.run_jobs()

    def sent(self) -> list[Sent]:
        """All that left since the beginning."""
        self.left += read_outbox(self.read)
        self.read = len(outgoing.outbox)
        return self.left

    def messages_to(self, person: User) -> list:
        return [message for message in outgoing.outbox if message.to == [person.email]]

    def refuse_by_mail(self, person: User) -> bool:
        """With the first link of the last mail that holds one."""
        for message in reversed(self.messages_to(person)):
            if found := re.search(r"http://localhost:8000(/pas-pour-nous/\S+)", message.body):
                self.client.post(found.group(1), {"reason": "other"})
                return True
        return False

    def opt_out(self, person: User) -> bool:
        """As a mail program does: a bare POST to the address in the header of the last alert (RFC 8058)."""
        for message in reversed(self.messages_to(person)):
            if address := message.extra_headers.get("List-Unsubscribe"):
                path = urlsplit(address.strip("<>")).path
                assert self.client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
                return True
        return False


def upgrade_engine(monkeypatch, version: str, bias: float) -> None:
    """A new version, which finds more pairs good enough; its night job asks for all needs anew."""
    from projects.matching import run, scoring

    for module in (run, scoring):
        monkeypatch.setattr(module, "VERSION", version)
    monkeypatch.setattr(scoring, "BIAS", bias)
    for piece in rescoring.hand_out():
        rescoring.rescore(piece)


@contextmanager
def killed_in(monkeypatch, step: str) -> Iterator[None]:
    """The worker dies where `step` would be called."""

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(step, die)
        yield


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL; the database rolls back what was open."""


def local_day(at: datetime):
    return timezone.localtime(at).date()


def _digests() -> Iterator[str]:
    for _round, digest in product(range(20), ("immediate", "immediate", "immediate", "daily", "weekly")):
        yield digest
