"""What is to be confirmed, and by whom."""

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet
from django.utils import timezone

from actors.models import Actor, Membership, User
from projects.models import Need

AT_ONCE = 30  # things in one mail


def actors_to_confirm() -> QuerySet[Actor]:
    """Approved profiles, with their offers, whose interval is over."""
    return _over(Actor.objects.approved().without_index(), "confirm_every")


def needs_to_confirm() -> QuerySet[Need]:
    """Open needs, by the interval of the actor that leads their project."""
    return _over(Need.objects.open().with_card_data(), "project__lead__confirm_every")


def of_writer(person: User, actor: str) -> Q:
    """Rows for whose actor the person writes; `actor` leads there from the row."""
    return Q(Exists(Membership.objects.writers().active().filter(user=person, actor=OuterRef(actor))))


def nobodys(actor: str) -> Q:
    """Rows whose actor has nobody to ask."""
    return ~Q(Exists(Membership.objects.writers().active().filter(actor=OuterRef(actor))))


def _over(rows: QuerySet, months: str) -> QuerySet:
    every = Func(F(months), template="make_interval(months => %(expressions)s)", output_field=DurationField())
    until = ExpressionWrapper(F("confirmed_at") + every, output_field=DateTimeField())
    return rows.alias(due_at=until).filter(due_at__lte=timezone.now()).order_by("pk")
