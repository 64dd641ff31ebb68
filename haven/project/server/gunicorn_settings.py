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
