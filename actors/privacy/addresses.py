"""Which addresses are a person's."""

from allauth.account.models import EmailAddress

from coexist.common.personal_data import Addresses

from ..models import User


def addresses_of(person: User) -> Addresses:
    """Only those the person proved to hold: else anybody could ask for what was written to another's."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in verified)
