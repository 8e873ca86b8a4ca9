"""Settings of the processes that the tests start: the test settings with an impatient scheduler.

The jobs and their options are those of production; only the seconds between two sweeps are fewer.
"""

from coexist.settings.test import *  # noqa: F403
from coexist.settings.test import CELERY_BEAT_SCHEDULE as REAL_SCHEDULE

CELERY_BEAT_SCHEDULE = {
    name: {**job, "schedule": 1 if isinstance(job["schedule"], int) else job["schedule"]}
    for name, job in REAL_SCHEDULE.items()
}
CELERY_BEAT_MAX_LOOP_INTERVAL = 0.5
