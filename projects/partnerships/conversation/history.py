"""Each step of an introduction, with who and when; written in the transaction of the step."""

from django.utils import timezone

from actors.models import User

from .enums import Step
from .models import IntroductionStep


def note(introduction: int, what: Step, *, by: User | None, why: str = "") -> None:
    IntroductionStep.objects.create(introduction_id=introduction, what=what, by=by, why=why[:1000], at=timezone.now())
