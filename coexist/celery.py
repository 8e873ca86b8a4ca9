"""The Celery application; tasks live in each app's tasks.py, the schedule in settings/base.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coexist.settings.production")
app = Celery("coexist")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
