"""People in their roles."""

from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from actors.models import User
from coexist.common.groups import ANIMATION

PASSWORD = "un-mot-de-passe-long"
_numbers = count(1)


def verified(**fields) -> User:
    person = unverified(**fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def unverified(**fields) -> User:
    email = fields.pop("email", f"personne{next(_numbers)}@test.example")
    return User.objects.create_user(email, PASSWORD, **{"name": "Camille Test", **fields})


def animator(**fields) -> User:
    person = verified(is_staff=True, **fields)
    person.groups.add(Group.objects.get(name=ANIMATION))
    return person


def superuser(**fields) -> User:
    return verified(is_staff=True, is_superuser=True, **fields)
