# ruff: noqa: N999 - the name that gunicorn gives its settings file
"""gunicorn's settings in production: `gunicorn coexist.wsgi -c coexist/gunicorn.conf.py`.

The address comes from the command line (--bind); without it gunicorn listens on 127.0.0.1:8000.
"""

import os

# Each thread that answers keeps a database connection: workers x threads, 8 unless told otherwise.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"

# A worker whose main loop is silent for so long is replaced; a slow page alone does not end it.
timeout = 30
graceful_timeout = 30
# Seconds in which the proxy may ask again over the same connection.
keepalive = 5

# A search of 10,000 characters is an address of up to 60,000 bytes (%C3%A9 for one é). Django must
# get it, to say in the form that 200 characters are enough; gunicorn would answer with a bare 400.
# gunicorn cuts any limit above 8190 back to 8190, so only 0, no limit, lets it through. The proxy
# in front is what bounds it (docs/deployment.md).
limit_request_line = 0
# htmx repeats the page's address in a header, HX-Current-URL.
limit_request_field_size = 65_536

# Heartbeats in memory: on a slow disk they could stop a worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn makes a private file there
# No runtime control over a socket: the container is replaced instead.
control_socket_disable = True

accesslog = "-"
errorlog = "-"
# The path without its query string: what people search for is not kept in a log.
access_log_format = '%({x-forwarded-for}i)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
