"""What the demo's network did before today: plain rows, since no service writes the past."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from actors.enums import Mode
from actors.models import Actor, User
from actors.services import detected_skills
from coexist.common.mail.enums import MailState
from coexist.common.mail.kinds import MailKind
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.slugs import free_slug
from projects.enums import NeedState, ProjectState, Stage
from projects.following.models import Partnership, Party, StageChange
from projects.matching.enums import Band, Channel, RefusalReason
from projects.matching.mails import NEED_MATCHES, NEEDS_FOR_ACTOR
from projects.matching.models import Match, Refusal, Solicitation
from projects.models import Need, Project
from projects.partnerships.conversation.enums import Step
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.mails import ANSWERED
from projects.partnerships.models import Introduction, IntroductionStep

ENGINE = "demo"
REASONS = (RefusalReason.NO_TIME, RefusalReason.PLACE, RefusalReason.NOT_OUR_SKILL)
NEWEST, SPREAD, STEP = 20, 640, 97  # days: approvals lie so far back, one every so many days, over and over
_numbers = count(1)


def approved_at(position: int, oldest: int) -> datetime:
    """When the actor at this place of the list was approved: before it posted anything, at most two years ago."""
    days = max(oldest + 5, NEWEST + position * STEP % SPREAD)
    return timezone.now() - timedelta(days=days)


def load(entries: list[dict], actors: dict[str, Actor]) -> None:
    for entry in entries:
        posted = timezone.now() - timedelta(days=entry["posted"])
        need = _need(entry, actors[entry["lead"]], posted)
        _mail(NEED_MATCHES, _speaker(actors[entry["lead"]]), posted, need)
        for slug, said in entry.get("asked", {}).items():
            _ask(need, actors[slug], posted)
            if said == "no":
                _refuse(need, actors[slug], posted)
        if "actor" in entry:
            _meet(entry, need, actors[entry["actor"]], posted)
    _stop_some()


def _need(entry: dict, lead: Actor, posted: datetime) -> Need:
    project = Project.objects.create(
        lead=lead, slug=free_slug(Project, entry["title"]), title=entry["title"], summary=entry["summary"],
        stage=Stage.DONE, state=ProjectState.CLOSED, themes=entry["themes"], territories=entry["territories"],
        languages=["fr"], published_at=posted,
    )  # fmt: skip
    for place, title in enumerate(entry["also"]):
        ended = NeedState.FILLED if place % 2 == 0 else NeedState.CLOSED
        _posted(project, title, ended, posted + timedelta(days=9 * (place + 1)))
    state = NeedState.FILLED if "actor" in entry else NeedState.CLOSED
    given = entry["need"]
    return _posted(project, given["title"], state, posted, kind=given["kind"], modes=given["modes"])


def _posted(project: Project, title: str, state: str, at: datetime, **fields: Any) -> Need:
    need = Need.objects.create(
        project=project, title=title, state=state, published_at=at, confirmed_at=at,
        **{"modes": [Mode.PRO_BONO, Mode.PARTNERSHIP], **fields},
    )  # fmt: skip
    need.skills.set(detected_skills(title))
    return need


def _ask(need: Need, actor: Actor, posted: datetime) -> None:
    """The engine found it, and a mail asked."""
    at, person = posted + timedelta(hours=2), _speaker(actor)
    Match.objects.create(
        need=need, actor=actor, score=3.0, band=Band.GOOD, version=ENGINE, is_current=False, solicited_at=at
    )
    mail = _mail(NEEDS_FOR_ACTOR, person, at, need)
    Solicitation.objects.create(
        need=need, actor=actor, person=person, channel=Channel.PROPOSAL, mail=mail, created_at=at
    )


def _refuse(need: Need, actor: Actor, posted: datetime) -> None:
    reason = REASONS[need.pk % len(REASONS)]
    made = Refusal.objects.create(need=need, actor=actor, by_actor=True, reason=reason, user=_speaker(actor))
    Refusal.objects.filter(pk=made.pk).update(created_at=posted + timedelta(days=4))


def _meet(entry: dict, need: Need, actor: Actor, posted: datetime) -> None:
    _ask(need, actor, posted)
    answered = posted + timedelta(days=entry["answered_after"])
    accepted = answered + timedelta(days=2)
    Match.objects.filter(need=need, actor=actor).update(interested_at=answered)
    giver, lead = _speaker(actor), _speaker(need.project.lead)
    made = Introduction.objects.create(
        need=need, actor=actor, side=Side.ACTOR, state=IntroductionState.CLOSED, asked_by=giver, answered_by=lead,
        message="", answered_at=accepted,
    )  # fmt: skip
    Introduction.objects.filter(pk=made.pk).update(created_at=answered)
    for what, by, at in ((Step.ASKED, giver, answered), (Step.ACCEPTED, lead, accepted)):
        IntroductionStep.objects.create(introduction=made, what=what, by=by, at=at)
    _mail(ANSWERED, giver, accepted, need)
    _partnership(entry, made, posted)


def _partnership(entry: dict, introduction: Introduction, posted: datetime) -> None:
    began = posted + timedelta(days=entry["began_after"])
    since = posted + timedelta(days=entry["stage_after"])
    need, people = introduction.need, (introduction.asked_by, introduction.answered_by)
    made = Partnership.objects.create(
        title=need.title, stage=entry["stage"], introduction=introduction, need=need, created_by=people[1],
        stage_since=since,
    )  # fmt: skip
    Partnership.objects.filter(pk=made.pk).update(created_at=began)
    for actor, person in zip((introduction.actor, need.project.lead), people, strict=True):
        Party.objects.create(partnership=made, actor=actor, person=person)
    for before, after, at in (("", "contact", began), ("contact", entry["stage"], since)):
        change = StageChange.objects.create(partnership=made, before=before, after=after, by=people[1])
        StageChange.objects.filter(pk=change.pk).update(at=at)


def _mail(kind: MailKind, to: User, at: datetime, need: Need) -> OutgoingEmail:
    """It left then; texts are wiped after six months, so there is none."""
    made = OutgoingEmail.objects.create(
        recipient=to, address=to.email, kind_code=kind.code, dedupe_key=f"past:{next(_numbers)}", subject=need.title,
        state=MailState.SENT, attempts=1, sent_at=at, next_attempt_at=at,
    )  # fmt: skip
    OutgoingEmail.objects.filter(pk=made.pk).update(created_at=at)
    return made


def _stop_some() -> None:
    """Two people who wanted no more of one kind of mail."""
    for days, address in ((310, "bureau@ancienne-structure.example"), (95, "vacances@atelier.example")):
        made = EmailOptOut.objects.create(address=address, kind_code=NEEDS_FOR_ACTOR.code)
        EmailOptOut.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))


def _speaker(actor: Actor) -> User:
    person = actor.members.order_by("pk").first()
    assert person is not None  # each actor of the demo has an owner
    return person
