"""What the scheduler sends must be known to the worker."""

from django.conf import settings

from coexist.celery import app


def test_every_scheduled_job_is_one_the_worker_knows():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= set(app.tasks)
    assert "coexist.common.mail.tasks.deliver" in app.tasks
    assert "projects.matching.tasks.match_due" in app.tasks
