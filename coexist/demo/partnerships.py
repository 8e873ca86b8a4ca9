"""The demo's partnerships, through the services that people use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from actors.models import Actor, User
from projects.following import services
from projects.following.agreements import services as agreements
from projects.following.agreements.enums import AgreementStatus
from projects.following.models import Agreement, Milestone, Partnership, StageChange
from projects.models import Need
from projects.partnerships.models import Introduction

# An empty page: what a scanner would have made.
SIGNED = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
SIGNED += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def load_partnership(
    entry: dict, actors: dict[str, Actor], needs: dict[str, list[Need]], animator: User
) -> Partnership:
    partnership = _open(entry, actors, needs, animator)
    person = next(party.person for party in partnership.parties.order_by("pk") if party.person)
    for stage in entry["stages"]:
        why = entry.get("why", "") if stage == "abandoned" else ""
        partnership = services.change_stage(
            partnership=partnership, to=stage, seen=partnership.stage, why=why, acting_user=person
        )
    for note in entry.get("notes", []):
        services.add_note(
            partnership=partnership, text=note["text"], on=_day(-note["days_ago"]), form_key=uuid4(), acting_user=person
        )
    for given in entry.get("milestones", []):
        _milestone(given, partnership, person)
    if "agreement" in entry:
        _agreement(entry["agreement"], partnership, person)
    _plan(entry, partnership, person, animator)
    _date(partnership, entry.get("opened_days", 30))
    return partnership


def _date(partnership: Partnership, days: int) -> None:
    """It began a day after its introduction was accepted, or so many days ago; its stages came one after the other."""
    now, answered = timezone.now(), partnership.introduction and partnership.introduction.answered_at
    began = answered + timedelta(days=1) if answered else now - timedelta(days=days)
    changes = list(partnership.changes.all())
    for place, change in enumerate(changes):
        StageChange.objects.filter(pk=change.pk).update(at=began + (now - began) * place / len(changes))
    last = began + (now - began) * (len(changes) - 1) / len(changes)
    Partnership.objects.filter(pk=partnership.pk).update(created_at=began, stage_since=last)


def _open(entry: dict, actors: dict[str, Actor], needs: dict[str, list[Need]], animator: User) -> Partnership:
    if "answer" in entry:
        need = needs[entry["answer"]["project"]][entry["answer"]["need"]]
        introduction = Introduction.objects.get(need=need, state="accepted")
        assert introduction.answered_by is not None
        return services.open_from(introduction=introduction, acting_user=introduction.answered_by)[0]
    made = services.open_by_hand(
        title=entry["title"], actors=[actors[slug] for slug in entry["actors"]], acting_user=animator
    )
    for party in made.parties.select_related("actor"):
        party.person = party.actor.members.first()
        party.save(update_fields=["person"])
    return made


def _plan(entry: dict, partnership: Partnership, person: User, animator: User) -> None:
    partnership.refresh_from_db()
    services.plan(
        partnership=partnership, title=partnership.title, next_step=entry.get("next_step", ""),
        next_due=_day(entry["next_in_days"]) if "next_in_days" in entry else None, people={}, next_person=person,
        seen=partnership.changed_at, acting_user=animator,
        animator=animator if entry.get("animated") else partnership.animator,
    )  # fmt: skip


def _milestone(entry: dict, partnership: Partnership, person: User) -> None:
    due = _day(entry["in_days"])
    services.save_milestone(
        milestone=Milestone(
            partnership=partnership, title=entry["title"], due_on=due, comment=entry.get("comment", ""),
            done_on=due if entry.get("done") else None,
        ),
        acting_user=person,
    )  # fmt: skip


def _agreement(entry: dict, partnership: Partnership, person: User) -> None:
    told: dict[str, Any] = {
        name: entry[name] for name in ("kind", "object", "in_kind", "foreign", "donor") if name in entry
    }
    told |= {name: Decimal(entry[name]) for name in ("amount", "in_kind_value") if name in entry}
    agreement = agreements.save_agreement(
        agreement=Agreement(
            partnership=partnership,
            starts_on=_day(entry["starts_in_days"]),
            ends_on=_day(entry["ends_in_days"]),
            **told,
        ),
        signatories={
            party.actor_id: (party.person.name, entry["capacity"])
            for party in partnership.parties.all()
            if party.person
        },
        acting_user=person,
    )
    for status in (AgreementStatus.SENT, AgreementStatus.SIGNED):
        if agreement.status != entry["status"]:
            file = ContentFile(SIGNED, name=f"{uuid4().hex}.pdf") if status == AgreementStatus.SIGNED else None
            agreement = agreements.change_status(
                agreement=agreement, to=status, seen=agreement.status, acting_user=person, signed_file=file
            )


def _day(in_days: int) -> date:
    return timezone.localdate() + timedelta(days=in_days)
