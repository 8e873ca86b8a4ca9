"""The Celery application; tasks live in each app's tasks.py, the schedule in settings/base.py.

Worker and scheduler are started with DJANGO_SETTINGS_MODULE set: guessing it here would decide for
every program that imports this package.
"""

from celery import Celery

app = Celery("coexist")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
