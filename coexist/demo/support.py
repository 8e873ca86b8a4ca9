"""The demo's accompaniment, through the services that people use."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from actors.models import Actor, User
from projects.support import experts, services
from projects.support.models import ExpertOffer, SupportRequest


def load_support(content: dict, actors: dict[str, Actor], animator: User) -> None:
    for entry in content["offer"]:
        offer = ExpertOffer.objects.create(actor=actors[entry["actor"]], kind=entry["kind"], sentence=entry["sentence"])
        if "waiting" not in entry:
            experts.decide(offer=offer, state="confirmed", why="", seen=offer.changed_at, acting_user=animator)
    for entry in content["request"]:
        _request(entry, actors[entry["actor"]], actors.get(entry.get("expert", "")))


def _request(entry: dict, actor: Actor, expert: Actor | None) -> None:
    asking, state = _member(actor), entry.get("state", "confirmed")
    by = timezone.localdate() + timedelta(days=entry["by_in_days"]) if "by_in_days" in entry else None
    support, _new = services.ask(
        actor=actor, expert=expert, acting_user=asking, by_date=by,
        **{name: entry[name] for name in ("kind", "title", "expected")},
    )  # fmt: skip
    if expert is not None and state != "asked":
        helping = _member(expert)
        support = services.move(support=support, to="under_way", seen=support.turn, acting_user=helping)
        for note in entry.get("notes", []):
            _note(note, support, asking if note["side"] == "asker" else helping)
        if "next_step" in entry:
            _plan(entry, support, helping)
        if state == "confirmed":
            _close(entry, support, asking, helping)
    _date(support, entry["days_ago"])


def _close(entry: dict, support: SupportRequest, asking: User, helping: User) -> None:
    support = services.finish(
        support=support, seen=support.turn, done=entry["done"], reference=entry["reference"], shows=True,
        acting_user=helping,
    )  # fmt: skip
    services.confirm(
        support=support, seen=support.turn, comment=entry.get("comment", ""), shows=True, acting_user=asking
    )


def _note(note: dict, support: SupportRequest, person: User) -> None:
    on = timezone.localdate() - timedelta(days=note["days_ago"])
    services.add_note(support=support, text=note["text"], on=on, form_key=uuid4(), acting_user=person)


def _plan(entry: dict, support: SupportRequest, person: User) -> None:
    support.refresh_from_db()
    services.plan(
        support=support, next_step=entry["next_step"], next_person=person, seen=support.changed_at,
        next_due=timezone.localdate() + timedelta(days=entry["next_in_days"]), acting_user=person,
    )  # fmt: skip


def _date(support: SupportRequest, days: int) -> None:
    """As if it had begun then, and ended three weeks later."""
    began = timedelta(days=days)
    support.changes.update(at=F("at") - began)
    rows = SupportRequest.objects.filter(pk=support.pk)
    rows.update(created_at=F("created_at") - began, state_since=F("state_since") - began)
    rows.exclude(done_on=None).update(done_on=timezone.localdate() - began + timedelta(days=21))


def _member(actor: Actor) -> User:
    return User.objects.filter(memberships__actor=actor).earliest("memberships__pk")
