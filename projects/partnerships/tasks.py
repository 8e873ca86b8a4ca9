"""The worker's part of introductions: delegate."""

from celery import shared_task

from . import answers, questions
from .conversation import telling


@shared_task
def tell_waiting_questions() -> None:
    questions.tell_waiting()


@shared_task
def remind() -> None:
    questions.remind()


@shared_task
def tell_answers_of_the_day() -> None:
    answers.tell_due()


@shared_task
def tell_messages() -> None:
    telling.tell_due()
