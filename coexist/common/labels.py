"""Labels of choices."""

from django.db.models import Choices


def label_of(choices: type[Choices], value: str) -> str:
    """What Django's `get_…_display` gives; that one translates every label of the field for each row of a list."""
    return str(choices(value).label) if value in choices else value
