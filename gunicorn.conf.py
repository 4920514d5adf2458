"""How gunicorn serves the portal. Found by itself in the working folder; the command line wins over it."""

import gc
import os
from typing import Any

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"  # with sync workers a few slow visitors keep all others waiting
threads = 4
keepalive = 75  # seconds; longer than a proxy keeps its own side open, so that the proxy closes first
preload_app = True  # workers share the memory of what was loaded, and a new one serves at once
graceful_timeout = 30  # seconds for requests under way when a stop or restart comes
max_requests = 50_000  # a worker starts afresh now and then, so that no leak lasts; none loses a request
max_requests_jitter = 5_000
timeout = 60  # seconds without a sign of life before a worker is replaced
control_socket_disable = True  # nobody steers a running server; a new one takes its place
accesslog = None  # the portal logs each request itself, by page name and without personal data

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "bwob.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
    "root": {"handlers": ["console"]},
}


def when_ready(_server: Any) -> None:
    """Before the first worker is made: what is loaded stays, so no worker looks through it for garbage."""
    gc.freeze()
