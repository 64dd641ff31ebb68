"""gunicorn's settings: two processes of four threads, which measured best on two processors with the pool."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 60
graceful_timeout = 20
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (a heartbeat that no disk can stall)
loglevel = "warning"
# No log of requests: an address is part of what somebody did, and the read record is where that is kept.
accesslog: str | None = None
# What gunicorn says of itself goes the way of everything else: a line of JSON, without the address asked for.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "haven.project.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
