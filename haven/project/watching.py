"""The watch's own thread in the worker: a turn every few seconds, whatever the jobs beside it are doing.

Not a job: those start on the minute at the soonest, and wait while long ones fill the worker. Several workers may each
have this thread; the database lets one turn happen at a time.
"""

import logging
from threading import Event, Thread

from django.db import close_old_connections, connections
from django.utils import timezone

from haven.casework.watch.looking_out import look_out

log = logging.getLogger("haven.watch")

EVERY = 10.0
"""Seconds between two turns. An alert must be raised within 60 s of the look (trust: "Snooping is found")."""


def start_watching(every: float = EVERY) -> Event:
    """Begin; set the event that comes back to end."""
    ended = Event()
    Thread(target=_keep_watching, args=(ended, every), name="watch", daemon=True).start()
    return ended


def _keep_watching(ended: Event, every: float) -> None:
    try:
        while not ended.is_set():
            _take_turn()
            ended.wait(every)
    finally:
        connections.close_all()


def _take_turn() -> None:
    """One turn. What goes wrong is logged and tried again; after five minutes the guardian's page says so."""
    try:
        close_old_connections()
        look_out(timezone.now())
    except Exception:
        log.exception("the watch could not take its turn")
