"""Rows that must stay hidden, planted among public ones that look alike, each marked by a word of its own.

Every title holds WORD, every row is on THEME and in PLACE: each search and filter would meet the
hidden ones if they were not left out.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, ActorDecision, Skill, User
from coexist.common.uploads.documents import clean_document
from projects.enums import NeedState, ProjectState
from projects.matching.models import Match, Refusal
from projects.models import Need, Project
from projects.partnerships.models import Introduction
from projects.search.services import keep_search
from tests.factories import achievements, campaigns, events, following, network, people, resources, support
from tests.factories.registrations import register

WORD, THEME, PLACE = "tournesol", 6, "SN"
CONTACT = {
    "name": "Quidam Confidentiel",
    "role": "Gardien des clés",
    "email": "confidence@prive.example",
    "phone": "+33 6 99 88 77 66",
}


@dataclass
class Planted:
    """`marks` are strings that only `owner` (and animators) may ever read."""

    owner: User
    actor: Actor
    project: Project
    closed_project: Project
    need: Need
    ended_needs: list[Need]
    other: User
    others: Actor
    partner: User
    partners: Actor
    solicited: Actor
    refuser: Actor
    match: Match
    introduction: Introduction
    declined: Introduction
    skill: Skill
    marks: dict[str, str] = field(default_factory=dict)


def plant() -> Planted:
    """Ours is the owner's approved actor; the partner is matched with it; the other has nothing to do with it."""
    owner, other, partner = people.verified(), people.verified(), people.verified()
    skill = Skill.objects.exclude(parent=None).first()
    assert skill is not None
    marks: dict[str, str] = {}
    hidden = {
        state: _actor(owner, _mark(marks, f"actor {state}"), skill, state)
        for state in ActorState.values
        if state != ActorState.APPROVED
    }
    ours, partners = _actor(owner, "à nous", skill, contact=CONTACT), network.actor(owner=partner, name="Partenaire")
    project = _project(ours, "ouvert", ProjectState.PUBLISHED)
    need = _need(project, "ouvert", skill)
    _plant_projects(marks, ours, hidden[ActorState.SUSPENDED], skill)
    ended = _plant_needs(marks, project, skill)
    match = network.match(need, partners, offer=network.offer(partners, "Offre du partenaire"))
    planted = Planted(
        owner=owner, actor=ours, project=project, need=need, other=other, partner=partner, partners=partners,
        skill=skill, others=network.actor(owner=other, name="Autre acteur"), ended_needs=ended, match=match,
        marks=marks,
        solicited=network.actor(name="Acteur sollicité"), refuser=network.actor(name="Acteur qui décline"),
        closed_project=_project(ours, "clos", ProjectState.CLOSED),
        introduction=network.introduction(need, partners, message=_mark(marks, "message")),
        declined=network.introduction(
            ended[0], partners, state="declined", answered_at=timezone.now(), reply=_mark(marks, "reply")
        ),
    )  # fmt: skip
    thread = network.message(planted.introduction, text=_mark(marks, "thread"))
    network.attachment(thread, name=_mark(marks, "attachment") + ".pdf")
    network.match(need, planted.solicited, offer=network.offer(planted.solicited))
    Refusal.objects.create(
        need=need, actor=planted.refuser, by_actor=True, reason="other", text=_mark(marks, "refusal")
    )  # fmt: skip
    _plant_partnership(marks, ours, partners)
    _plant_achievement(marks, ours, partners)
    _plant_support(marks, ours, partners)
    _plant_events(marks, ours, hidden[ActorState.SUSPENDED])
    _plant_campaign(marks, ours)
    _plant_resources(marks, ours, hidden[ActorState.SUSPENDED])
    mark = _mark(marks, "saved search")
    keep_search(acting_user=owner, place="everything", query=f"q={mark}", name=mark, rhythm="daily")
    ActorDecision.objects.create(actor=hidden["changes_asked"], state="changes_asked", reason=_mark(marks, "decision"))
    return planted


def _mark(marks: dict[str, str], what: str) -> str:
    """A word that stands nowhere else."""
    marks[what] = "secret" + what.replace(" ", "").replace("_", "")
    return marks[what]


def _actor(owner: User, mark: str, skill: Skill, state: str = ActorState.APPROVED, **fields) -> Actor:
    made = network.actor(
        owner=owner, state=state, name=f"Acteur {WORD} {mark}", summary=mark, description=mark, themes=[THEME],
        territories=[PLACE], **fields,
    )  # fmt: skip
    network.offer(made, f"Offre {WORD} {mark}", detail=mark, skills=[skill])
    return made


def _project(lead: Actor, mark: str, state: str) -> Project:
    return network.project(
        lead, state=state, title=f"Projet {WORD} {mark}", summary=mark, description=mark, stage="idea", themes=[THEME],
        territories=[PLACE],
    )  # fmt: skip


def _need(project: Project, mark: str, skill: Skill, state: str = NeedState.PUBLISHED, **fields) -> Need:
    return network.need(project, f"Besoin {WORD} {mark}", state=state, detail=mark, skills=[skill], **fields)


def _plant_partnership(marks: dict[str, str], ours: Actor, partners: Actor) -> None:
    """Everything that its two sides may read, and nobody else."""
    made = following.partnership(
        ours, partners, title=_mark(marks, "partnership"), next_step=_mark(marks, "next step"), stage="abandoned",
        why=_mark(marks, "why abandoned"),
    )  # fmt: skip
    following.note(made, _mark(marks, "note"))
    following.milestone(made, title=_mark(marks, "milestone"), comment=_mark(marks, "milestone comment"))
    content = following.PDF + _mark(marks, "document content").encode()
    file = clean_document(following.upload(content))
    following.document(made, title=_mark(marks, "document"), file=file)
    signed = clean_document(following.upload(following.PDF + _mark(marks, "signed file").encode()))
    following.agreement(
        made, object=_mark(marks, "agreement"), text=_mark(marks, "agreement text"), status="signed",
        signed_on=timezone.localdate(), signed_file=signed,
    )  # fmt: skip


def _plant_achievement(marks: dict[str, str], ours: Actor, partners: Actor) -> None:
    """Told and not public yet; our grade is for us alone (theirs: tests/achievements/test_privacy.py)."""
    made = achievements.achievement(
        ours, partners, title=_mark(marks, "story title"), summary=_mark(marks, "story summary"),
        done=_mark(marks, "story"), themes=[THEME], territories=[PLACE], state="withdrawn", slug="histoire-retiree",
    )  # fmt: skip
    mine = achievements.side(made, ours)
    mine.quotation, mine.quotation_author = _mark(marks, "quotation"), _mark(marks, "quotation author")
    mine.save()
    achievements.picture(mine, alternative=_mark(marks, "picture"), credit=_mark(marks, "picture credit"))
    achievements.appraisal(made, ours, comment=_mark(marks, "grade"))


def _plant_support(marks: dict[str, str], ours: Actor, partners: Actor) -> None:
    """A reference that one side does not show, and an offer that nobody confirmed."""
    made = support.request(
        ours, expert=partners, state="confirmed", title=_mark(marks, "support"), done_on=timezone.localdate(),
        expected=_mark(marks, "support expected"), done=_mark(marks, "support done"), expert_shows=True,
        comment=_mark(marks, "support comment"), reference=_mark(marks, "support reference"),
    )  # fmt: skip
    support.note(made, _mark(marks, "support note"))
    made.changes.update(why=_mark(marks, "support why"))
    support.offers(ours, "event", sentence=_mark(marks, "expert offer"), state="waiting")


def _plant_events(marks: dict[str, str], ours: Actor, suspended: Actor) -> None:
    """Drafts, what waits, events of a suspended actor; where people meet online, which the organiser's form shows."""
    hidden = {"draft": (ours, "draft"), "waiting": (ours, "waiting"), "of a suspended actor": (suspended, "published")}
    for what, (organiser, state) in hidden.items():
        mark = _mark(marks, f"event {what}")
        events.event(organiser, state=state, title=f"Événement {WORD} {mark}", summary=mark, place=mark, themes=[THEME])
    link = f"https://visio.example/{_mark(marks, 'online link')}"
    events.event(ours, title=f"Événement {WORD} ouvert", themes=[THEME], online_url=link)
    bookable = events.event(ours, title=f"Événement {WORD} sur inscription", themes=[THEME], booking="each")
    register(bookable, name=_mark(marks, "who comes"), access_needs=_mark(marks, "access needs"))


def _plant_campaign(marks: dict[str, str], ours: Actor) -> None:
    """Proposed on the ground that we coordinate, by somebody without an account, and a meeting; no public project."""
    week = campaigns.campaign(ours)
    Project.objects.filter(pk=week.project_id).update(state="archived")
    campaigns.coordination(week, ours)
    campaigns.activity(
        week, ours, title=_mark(marks, "proposed title"), summary=_mark(marks, "proposed summary"),
        structure=_mark(marks, "proposing structure"), proposer_name=_mark(marks, "proposer"),
        proposer_email=f"{_mark(marks, 'proposer address')}@test.example",
    )  # fmt: skip
    campaigns.meeting(week, title=_mark(marks, "meeting"))


def _plant_resources(marks: dict[str, str], ours: Actor, suspended: Actor) -> None:
    """Drafts, what waits, what is archived, of a suspended actor: their texts and files; the earlier version of one."""
    hidden = {state: (ours, state) for state in ("draft", "waiting", "archived")}
    hidden["of a suspended actor"] = (suspended, "published")
    for what, (publisher, state) in hidden.items():
        mark = _mark(marks, f"resource {what}")
        made = resources.resource(
            publisher, state=state, title=f"Ressource {WORD} {mark}", summary=mark, themes=[THEME], territories=[PLACE],
            why=_mark(marks, f"why of resource {what}"),
        )  # fmt: skip
        video = resources.file(made, resources.mp4(), f"{_mark(marks, f'name of file {what}')}.mp4")
        resources.read(resources.file(made), f"{WORD} {_mark(marks, f'page of resource {what}')}")
        if publisher == ours:
            content = resources.VTT + _mark(marks, f"file of resource {what}").encode()
            resources.file(made, content, "a.vtt", video=video, language="fr")
    public = resources.resource(ours, title=f"Ressource {WORD} ouverte", themes=[THEME], territories=[PLACE])
    earlier = resources.file(public, label=_mark(marks, "earlier version"))
    resources.read(earlier, f"{WORD} {_mark(marks, 'page of earlier version')}")
    latest = resources.file(public, replaces=earlier)
    latest.label = "Dernière version"
    latest.save()
    loan = resources.loan(
        resources.lent(ours), network.actor(), state="agreed", place=_mark(marks, "place of a loan"),
        message=_mark(marks, "message of a loan"),
    )  # fmt: skip
    loan.steps.update(why=_mark(marks, "answer to a loan"))
    draft, mark = resources.resource(ours, state="draft"), _mark(marks, "collection")
    resources.collection(public, title=mark, summary=mark, introduction=mark, is_published=False)
    steps = resources.collection(public, draft, title="Un parcours public").steps
    steps.filter(resource=draft).update(comment=_mark(marks, "step that is not public"))


def _plant_projects(marks: dict[str, str], ours: Actor, suspended: Actor, skill: Skill) -> None:
    hidden = {state: (ours, state) for state in ("draft", "waiting", "archived")}
    hidden["of a suspended actor"] = (suspended, "published")
    for what, (lead, state) in hidden.items():
        project = _project(lead, _mark(marks, f"project {what}"), state)
        _need(project, _mark(marks, f"need in project {what}"), skill)


def _plant_needs(marks: dict[str, str], project: Project, skill: Skill) -> list[Need]:
    """Drafts are hidden; ended ones keep their page and leave the lists. Returns the ended ones."""
    for state in (NeedState.DRAFT, NeedState.WAITING):
        _need(project, _mark(marks, f"need {state}"), skill, state)
    yesterday = timezone.localdate() - timedelta(days=1)
    return [
        _need(project, "clos", skill, NeedState.CLOSED),
        _need(project, "pourvu", skill, NeedState.FILLED),
        _need(project, "passé", skill, ends_on=yesterday),
    ]
