"""The sealer beside the worker: a thread that seals every five seconds, so within ten of a commit (TR-42).

Each worker has one; an advisory lock lets one of them at it. It holds nothing between two rounds but a connection, so
it may be killed at any moment: what it had not committed, the next round seals.
"""

import logging
from threading import Event, Thread

from django.db import connection

from haven.casework.events.heads import Head
from haven.casework.events.sealer import seal

log = logging.getLogger("haven.sealed_log")

EVERY = 5.0
"""Seconds from one round to the next."""
SAY_AGAIN = 60
"""Rounds after which a difficulty that lasts is logged again."""


class Sealer(Thread):
    """Seals until told to stop. A difficulty is logged and tried again, never the end of it."""

    def __init__(self, every: float = EVERY) -> None:
        super().__init__(name="sealer", daemon=True)
        self.every = every
        self.stopping = Event()
        self.troubled = 0

    def run(self) -> None:
        while not self.stopping.is_set():
            self.round()
            self.stopping.wait(self.every)
        connection.close()

    def round(self) -> Head | None:
        """Seal once, if another worker is not at it."""
        try:
            head = seal(wait=False)
        except Exception:
            if self.troubled % SAY_AGAIN == 0:
                log.exception("sealing did not succeed and is tried again")
            self.troubled += 1
            connection.close()
            return None
        self.troubled = 0
        return head

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=1)
