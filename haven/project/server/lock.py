"""One server a home. The lock file holds the server's process number, and is held for as long as the server lives."""

import fcntl
import os
import signal
import time
from contextlib import suppress
from typing import TextIO

from haven.project.home import haven_home


def take() -> TextIO | None:
    """Hold the lock until the file is closed or the process ends; nothing when another server holds it."""
    file = (haven_home() / "server.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def holder() -> int | None:
    """The process of the server that runs from this home, if one does."""
    if not (haven_home() / "server.lock").exists():
        return None
    with (haven_home() / "server.lock").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read() or 0) or None
    return None


def stop_holder(seconds: float) -> None:
    """Ask the running server to stop, and end it when it has not after so long."""
    deadline = time.monotonic() + seconds
    while (pid := holder()) is not None:
        late = time.monotonic() > deadline
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(0.1)
