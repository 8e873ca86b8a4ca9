"""Loading the demo: the same services as people use where something happens, plain rows elsewhere."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from actors.changes import snapshot
from actors.derived import refresh_all_derived
from actors.enums import ActorState, Role
from actors.joining.claims import claim
from actors.joining.invitations import invite
from actors.models import Actor, ActorDecision, Contact, Membership, Offer, ReasonTemplate, User
from actors.positions import place_all
from actors.services import detected_skills
from coexist.common.groups import ANIMATION
from coexist.common.mail.suspension import suspend
from coexist.demo import exchanges, past
from coexist.demo.achievements import load_achievement
from coexist.demo.calendars import load_calendar
from coexist.demo.campaign import load_campaign
from coexist.demo.events import load_event
from coexist.demo.loans import load_collection, load_loan
from coexist.demo.logos import draw
from coexist.demo.partnerships import load_partnership
from coexist.demo.registrations import load_registrations
from coexist.demo.resources import load_resource
from coexist.demo.support import load_support
from coexist.pages.models import ContactMessage, Partner
from events.programme.enums import Layout, Order
from events.programme.making import ask
from projects.derived import refresh_all
from projects.enums import NeedState, ProjectState
from projects.matching.frequencies import count_stems
from projects.matching.models import Match
from projects.matching.reading import index_actors
from projects.matching.run import match_need
from projects.models import Need, Project
from projects.partnerships import services as introductions
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction

CONTENT = Path(__file__).parent / "content"
PASSWORD = "demo-coexist"  # noqa: S105 - printed by ./dev demo, for a machine of one's own
ANIMATOR = "animation@coexist.example"
ACCOUNTS = {
    "passerelles-solidaires": "ong@coexist.example",
    "leman-ingenierie": "entreprise@coexist.example",
    "annemasse-agglo": "collectivite@coexist.example",
    "universite-des-savoirs-alpins": "universite@coexist.example",
}


def load(say: Callable[[str], None]) -> bool:
    """Load the demo into an empty database; False, and nothing done, where there are actors already."""
    if Actor.objects.exists():
        return False
    with transaction.atomic():
        animator = _animator()
        ReasonTemplate.objects.bulk_create(ReasonTemplate(**entry) for entry in _read("reasons.toml")["reason"])
        content, earlier = _read("projects.toml"), _read("past.toml")["past"]
        oldest = _oldest_posts([*content["project"], *earlier])
        actors = {
            entry["slug"]: _actor(entry, animator, past.approved_at(position, oldest.get(entry["slug"], 0)))
            for position, entry in enumerate(_read("actors.toml")["actor"])
        }
        needs = {entry["slug"]: _project(entry, actors[entry["lead"]]) for entry in content["project"]}
        past.load(earlier, actors)
        say(f"  {len(actors)} actors and {len(needs)} projects; reading their texts …")
        refresh_all_derived()
        refresh_all()
        place_all()
        index_actors(list(Actor.objects.prefetch_related("offers")))
        count_stems()
        open_needs = list(Need.objects.open().select_related("project").order_by("pk"))
        say(f"  matching {len(open_needs)} open needs …")
        for need in open_needs:
            match_need(need)
        _trust()
        for answer in content["answer"]:
            _answer(answer, needs[answer["project"]][answer["need"]], actors[answer["actor"]])
        exchanges.write(_read("threads.toml"), needs, actors)
        for entry in _read("partnerships.toml")["partnership"]:
            load_partnership(entry, actors, needs, animator)
        for entry in _read("achievements.toml")["achievement"]:
            load_achievement(entry, actors, needs, animator)
        load_support(_read("support.toml"), actors, animator)
        for entry in [*_read("events.toml")["event"], *_read("year.toml")["event"]]:
            load_event(entry, actors)
        load_registrations(_read("registrations.toml"))
        load_calendar(actors["passerelles-solidaires"], CONTENT / "calendar.ics")
        ask(load_campaign(_read("campaign.toml"), actors, animator), layout=Layout.A4, order=Order.TOWN)
        library = _read("resources.toml")["resource"]
        say(f"  {len(library)} resources of the library; writing and reading their PDF …")
        for entry in library:
            load_resource(entry, actors)
        lent = _read("loans.toml")
        for entry in lent["collection"]:
            load_collection(entry, animator)
        for entry in lent["loan"]:
            load_loan(entry, actors)
        _join(_read("members.toml"), actors)
    return True


def _read(name: str) -> dict:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)


def _animator() -> User:
    person = _person(ANIMATOR, "Claire Animation", password=PASSWORD)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    person.groups.add(Group.objects.get(name=ANIMATION))
    return person


def _person(email: str, name: str, password: str | None = None) -> User:
    existing = User.objects.filter(email=email.lower()).first()
    if existing is not None:
        return existing
    person = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _oldest_posts(entries: list[dict]) -> dict[str, int]:
    """By lead, how many days ago its first project was posted."""
    oldest: dict[str, int] = {}
    for entry in entries:
        oldest[entry["lead"]] = max(oldest.get(entry["lead"], 0), entry.get("posted_days", entry.get("posted", 0)))
    return oldest


def _actor(entry: dict, animator: User, approved: datetime) -> Actor:
    now = timezone.now()
    actor = Actor.objects.create(
        **_fields(
            entry, "name", "slug", "acronym", "kind", "state", "summary", "city", "postcode", "country", "territories",
            "themes", "languages", "website", "address", "size", "donation_url", "registration_kind",
            "registration_number",
        ),
        description=entry["description"].strip(),
        logo=draw(*entry["logo"]) if "logo" in entry else "",
        confirmed_at=now - timedelta(days=entry.get("confirmed_days", 10)),
        submitted_at=now - timedelta(days=entry["waiting_days"]) if "waiting_days" in entry else approved,
        approved_at=approved if entry["state"] == ActorState.APPROVED else None,
    )  # fmt: skip
    account = ACCOUNTS.get(entry["slug"])
    first = entry["contact"][0]
    owner = _person(account or first["email"], first["name"], PASSWORD if account else None)
    for contact in entry["contact"]:
        Contact.objects.create(actor=actor, **contact)
    Membership.objects.create(actor=actor, user=owner, role=Role.OWNER)
    if entry.get("reason"):
        ActorDecision.objects.create(actor=actor, state=entry["state"], reason=entry["reason"], by=animator)
    for given in entry.get("offer", []):
        _offer(given, actor)
    if actor.is_approved:
        actor.approved_version = snapshot(actor)
        actor.save(update_fields=["approved_version"])
    return actor


def _offer(entry: dict, actor: Actor) -> None:
    today = timezone.localdate()
    start, end = (today + timedelta(days=days) for days in entry.get("available_in_days", (0, 0)))
    dated = "available_in_days" in entry
    offer = Offer.objects.create(
        actor=actor,
        **_fields(entry, "title", "detail", "kind", "modes", "territories"),
        available_from=start if dated else None,
        available_until=end if dated else None,
    )
    offer.skills.set(detected_skills(offer.title))


def _project(entry: dict, lead: Actor) -> list[Need]:
    posted = timezone.now() - timedelta(days=entry["posted_days"])
    public = entry["state"] in (ProjectState.PUBLISHED, ProjectState.CLOSED)
    project = Project.objects.create(
        lead=lead,
        **_fields(entry, "slug", "title", "summary", "stage", "state", "themes", "territories", "languages"),
        description=entry["description"].strip(),
        published_at=posted if public else None,
    )
    return [_need(given, project) for given in entry.get("need", [])]


def _need(entry: dict, project: Project) -> Need:
    today = timezone.localdate()
    starts, ends = entry.get("starts_in_days"), entry.get("ends_in_days")
    need = Need.objects.create(
        project=project,
        **_fields(entry, "title", "detail", "kind", "modes", "quantity", "state"),
        starts_on=today + timedelta(days=starts) if starts is not None else None,
        ends_on=today + timedelta(days=ends) if ends is not None else None,
        published_at=project.published_at if entry["state"] not in (NeedState.DRAFT, NeedState.WAITING) else None,
        confirmed_at=project.published_at or timezone.now(),
    )
    need.skills.set(detected_skills(need.title))
    return need


def _answer(entry: dict, need: Need, actor: Actor) -> None:
    side = Side(entry["side"])
    asked_at = timezone.now() - timedelta(days=entry["days_ago"])
    introduction, _new = introductions.ask(
        need=need, actor=actor, side=side, message=entry["message"], acting_user=_speaker(actor, need, side)
    )
    other = _speaker(actor, need, Side.PROJECT if side == Side.ACTOR else Side.ACTOR)
    if entry["state"] == IntroductionState.ACCEPTED:
        introductions.accept(introduction=introduction, reply=entry["reply"], acting_user=other)
    elif entry["state"] == IntroductionState.DECLINED:
        introductions.decline(
            introduction=introduction, reason=entry["reason"], reply=entry["reply"], acting_user=other
        )
    Introduction.objects.filter(pk=introduction.pk).update(created_at=asked_at)
    Match.objects.filter(need=need, actor=actor).exclude(interested_at=None).update(interested_at=asked_at)
    Introduction.objects.filter(pk=introduction.pk).exclude(answered_at=None).update(
        answered_at=asked_at + timedelta(days=2)
    )


def _join(content: dict, actors: dict[str, Actor]) -> None:
    for entry in content["member"]:
        person = _person(entry["email"], entry["name"])
        Membership.objects.create(actor=actors[entry["actor"]], user=person, role=entry["role"])
    for entry in content["invitation"]:
        owner = User.objects.filter(memberships__in=actors[entry["actor"]].memberships.owners()).get()
        invite(actor=actors[entry["actor"]], email=entry["email"], role=entry["role"], acting_user=owner)
    for entry in content["claim"]:
        if entry.get("ownerless"):
            actors[entry["actor"]].memberships.all().delete()
        person = _person(entry["email"], entry["name"])
        claim(actor=actors[entry["actor"]], message=entry["message"], acting_user=person)


def _trust() -> None:
    """Partners, messages that wait, and an address that no server takes."""
    trust = _read("trust.toml")
    for position, entry in enumerate(trust["partner"]):
        Partner.objects.create(position=position, **_fields(entry, "name", "text", "link"))
    for entry in trust["message"]:
        message = ContactMessage.objects.create(form_key=uuid4(), **_fields(entry, "name", "email", "subject", "body"))
        written = timezone.now() - timedelta(days=entry["days_ago"])
        ContactMessage.objects.filter(pk=message.pk).update(created_at=written, changed_at=written)
    for entry in trust["suspended"]:
        suspend(entry["address"], entry["reason"])


def _speaker(actor: Actor, need: Need, side: Side) -> User:
    speaking = actor if side == Side.ACTOR else need.project.lead
    return User.objects.get(memberships__actor=speaking)


def _fields(entry: dict, *names: str) -> dict:
    return {name: entry.get(name, "") for name in names if name in entry}
