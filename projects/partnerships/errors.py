"""What a step of an introduction is refused with."""


class IntroductionError(Exception):
    """Why this step is not possible any more, as a sentence for the person."""
