"""The demo's collections, and what is asked for and lent, through the services that people use."""

from datetime import timedelta

from django.utils import timezone

from actors.models import Actor, User
from mediatheque.collections.services import save_collection
from mediatheque.loans import services
from mediatheque.models import Collection, LoanRequest, Resource


def load_collection(entry: dict, animator: User) -> None:
    collection = Collection(
        title=entry["title"], summary=entry["summary"], introduction=entry.get("introduction", "").strip(),
        is_published=entry.get("published", True),
    )  # fmt: skip
    save_collection(collection=collection, acting_user=animator)
    for number, (title, comment) in enumerate(entry["steps"], 1):
        collection.steps.create(resource=_named(title), position=number, comment=comment)


def load_loan(entry: dict, actors: dict[str, Actor]) -> None:
    today, actor, resource = timezone.localdate(), actors[entry["actor"]], _named(entry["resource"])
    loan, _new = services.ask(
        resource=resource, actor=actor, starts_on=today + timedelta(days=entry["from"]),
        ends_on=today + timedelta(days=entry["to"]), place=entry["place"], message=entry["message"],
        acting_user=_owner(actor),
    )  # fmt: skip
    if "state" in entry:
        services.move(
            loan=loan, to=entry["state"], seen="asked", why=entry["why"], acting_user=_owner(resource.publisher)
        )
    if entry["from"] < 0:
        asked = timezone.now() + timedelta(days=entry["from"] - 10)
        LoanRequest.objects.filter(pk=loan.pk).update(created_at=asked)
        loan.steps.update(at=asked + timedelta(days=1))


def _named(beginning: str) -> Resource:
    return Resource.objects.select_related("publisher").get(title__startswith=beginning)


def _owner(actor: Actor) -> User:
    return User.objects.filter(memberships__in=actor.memberships.owners()).earliest("memberships__pk")
