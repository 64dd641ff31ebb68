"""One part of the server: a process that is started again whenever it ends."""

import subprocess
import time

from haven.project.home import CHECKOUT
from haven.project.server.left_over import marked_environment

LONGEST_PAUSE = 5.0


class Part:
    """A command to keep running. One that keeps ending at once is tried again more and more slowly."""

    def __init__(self, name: str, command: list[str], **environment: str) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 0.0

    def keep_running(self) -> str | None:
        """Start the process if it is not running and it is time to; a sentence when it had ended."""
        if self.process is not None and self.process.poll() is None:
            return None
        now = time.monotonic()
        if now < self.started_at + self.pause:
            return None
        ended = self.process is not None
        short = now - self.started_at < LONGEST_PAUSE + self.pause
        self.pause = min(LONGEST_PAUSE, self.pause * 2 + 0.2) if ended and short else 0.0
        self.start()
        return f"{self.name} had ended and was started again" if ended else None

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=CHECKOUT, env={**marked_environment(), **self.environment}, stdin=subprocess.DEVNULL
        )
