"""The worker, for tests of what really leaves: it takes what is queued, and then ends."""

from threading import Thread
from typing import Any

from django.db import connections
from procrastinate.contrib.django import app


def work_off() -> None:
    """Do every job that is due. In a thread of its own, for a browser of the tests keeps this one's event loop busy."""
    thread = Thread(target=_work)
    thread.start()
    thread.join()


def _work() -> None:
    connector: Any = app.connector
    try:
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        connections.close_all()
