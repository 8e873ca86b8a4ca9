"""The web server's settings, for production and for the demo alike."""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
accesslog = "-"
# A search of 10,000 characters must reach the form that refuses it with a sentence; the reader of
# the request line keeps its own bound of 16 times that, and a proxy in front has its own.
limit_request_line = 0
