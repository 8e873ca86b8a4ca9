"""The worker's part of the médiathèque: delegate. What is imported in functions imports these tasks itself."""

from celery import shared_task


@shared_task
def read_file(pk: int) -> None:
    from .extraction import work

    work.read_file(pk)


@shared_task
def read_due() -> None:
    from .extraction import work

    work.read_due()


@shared_task
def index_resource(pk: int) -> None:
    from .search import indexing

    indexing.index([pk])


@shared_task
def repair_lists() -> None:
    from . import derived
    from .loans.offers import repair_offers

    derived.refresh_all()
    repair_offers()


@shared_task
def remind_of_returns() -> None:
    from .loans import reminders

    reminders.remind()


@shared_task
def repair_search() -> None:
    from .search import indexing, vocabulary, words

    indexing.index_all()
    words.write_missing()
    vocabulary.count_stems()
