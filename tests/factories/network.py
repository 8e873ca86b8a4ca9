"""Actors, offers, projects, needs and what ties them."""

from itertools import count
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from actors.derived import refresh_derived
from actors.enums import ActorState, Role
from actors.models import Actor, Contact, Membership, Offer, User
from actors.services import detected_skills
from projects.derived import refresh_needs, refresh_projects
from projects.enums import NeedState, ProjectState
from projects.matching.enums import Band
from projects.matching.models import Match
from projects.matching.reading import index_actors, index_need
from projects.models import Need, Project
from projects.partnerships.conversation.models import Attachment, Message
from projects.partnerships.enums import Side
from projects.partnerships.models import Introduction
from tests.factories import people

_numbers = count(1)


def actor(
    *, owner: User | None = None, state: str = ActorState.APPROVED, contact: dict | None = None, **fields
) -> Actor:
    """An approved actor unless told otherwise; `contact` is a private one."""
    number = next(_numbers)
    made = Actor.objects.create(
        **{
            "name": f"Acteur {number}", "slug": f"acteur-{number}", "kind": "ngo", "summary": "Une structure de test.",
            "state": state, "languages": ["fr"], **fields,
        }
    )  # fmt: skip
    refresh_derived([made.pk])
    if owner is not None:
        join(owner, made)
    if contact is not None:
        contact_of(made, **contact)
    return made


def contact_of(of: Actor, **fields) -> Contact:
    return Contact.objects.create(actor=of, **{"name": "Accueil", **fields})


def join(person: User, to: Actor, role: str = Role.OWNER) -> Membership:
    return Membership.objects.create(user=person, actor=to, role=role)


def owned_actor(**fields) -> tuple[Actor, User]:
    owner = people.verified()
    return actor(owner=owner, **fields), owner


def offer(of: Actor, title: str = "Relecture de statuts associatifs", **fields) -> Offer:
    skills = fields.pop("skills", None)
    made = Offer.objects.create(actor=of, title=title, **{"kind": "skill", "modes": ["pro_bono"], **fields})
    made.skills.set(detected_skills(made.title) if skills is None else skills)
    refresh_derived([of.pk])
    return made


def project(lead: Actor, *, state: str = ProjectState.PUBLISHED, **fields) -> Project:
    number = next(_numbers)
    published = timezone.now() if state == ProjectState.PUBLISHED else None
    made = Project.objects.create(
        lead=lead,
        state=state,
        **{
            "title": f"Projet {number}", "slug": f"projet-{number}", "summary": "Un projet de test.",
            "published_at": published, **fields,
        },
    )  # fmt: skip
    refresh_projects([made.pk])
    return made


def need(within: Project, title: str = "Relire nos statuts", *, state: str = NeedState.PUBLISHED, **fields) -> Need:
    skills = fields.pop("skills", None)
    published = timezone.now() if state == NeedState.PUBLISHED else None
    made = Need.objects.create(
        project=within, title=title, state=state,
        **{"kind": "skill", "modes": ["pro_bono"], "published_at": published, **fields},
    )  # fmt: skip
    made.skills.set(detected_skills(made.title) if skills is None else skills)
    refresh_needs([made.pk])
    return made


def match(of: Need, to: Actor, **fields) -> Match:
    """As the engine keeps it; who is interested without having been proposed has a row already."""
    kept, _created = Match.objects.update_or_create(
        need=of,
        actor=to,
        defaults={
            "score": 1.0, "band": Band.STRONG, "version": "1", "doubts": [{"code": "dates_unknown", "value": 0}],
            "reasons": [{"code": "mode", "value": 0, "params": {"modes": ["pro_bono"]}}], "is_current": True, **fields,
        },
    )  # fmt: skip
    return kept


def introduction(of: Need, to: Actor, **fields) -> Introduction:
    return Introduction.objects.create(need=of, actor=to, **{"side": Side.ACTOR, "message": "Bonjour", **fields})


def message(within: Introduction, **fields) -> Message:
    return Message.objects.create(
        introduction=within, **{"side": Side.ACTOR, "text": "Pour quand ?", "form_key": uuid4(), **fields}
    )


def attachment(of: Message, name: str = "devis.pdf", content: bytes = b"%PDF-1.7") -> Attachment:
    return Attachment.objects.create(message=of, file=ContentFile(content, name), name=name, size=len(content))


def read(*rows: Actor | Offer | Need) -> None:
    """As the worker reads actors, with their offers, and needs before it matches them."""
    actors = {row.pk if isinstance(row, Actor) else row.actor_id for row in rows if not isinstance(row, Need)}
    index_actors(list(Actor.objects.filter(pk__in=actors).prefetch_related("offers")))
    for row in rows:
        if isinstance(row, Need):
            index_need(row)
