"""Set up, start web and worker, keep them and the private database running, stop everything within two seconds."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from types import FrameType
from typing import NoReturn

from haven.project import private_database
from haven.project.home import CHECKOUT
from haven.project.server import lock
from haven.project.server.left_over import left_over, marked_environment, stop_left_over
from haven.project.server.part import Part
from haven.project.settings.databases import is_private
from haven.project.settings.environment import flag

LOOK_EVERY = 0.25
HAVEN = [sys.executable, "-m", "haven.project"]
DEMONSTRATION = "haven.project.management.commands.demonstration"
# Together under the two seconds that SIGTERM may take.
GRACE_OF_PARTS = 0.4
GRACE_OF_DATABASE = 0.6
THEN_AT_ONCE = 0.6


class Supervisor:
    """The foreground process of script/server."""

    def __init__(self, port: int) -> None:
        self.port = port
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:haven.project.server.gunicorn_settings"]
        self.parts = [
            Part("the web", [*gunicorn, "haven.project.wsgi"], PORT=str(port), HAVEN_DATABASE_POOL="yes"),
            Part("the worker", [*HAVEN, "work"]),
        ]

    def run(self) -> NoReturn:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        stop_left_over(grace=1)
        require_free(self.port)
        self.set_up()
        self.watch(until=self.answers)
        print(f"http://localhost:{self.port}", flush=True)  # noqa: T201  (the one answer of this command)
        self.load_demonstration()
        self.watch(until=lambda: False)
        raise SystemExit(1)

    def set_up(self) -> None:
        done = subprocess.run([str(CHECKOUT / "script" / "setup")], env=marked_environment(), check=False)
        if done.returncode:
            say("setting up failed, see above")
            self.stop(signal.SIGTERM, None, code=1)

    def watch(self, until: Callable[[], bool]) -> None:
        """Keep every part running until told otherwise."""
        while not until():
            self.keep_database()
            for part in self.parts:
                news = part.keep_running()
                if news:
                    say(news)
            time.sleep(LOOK_EVERY)

    def keep_database(self) -> None:
        if not is_private() or private_database.is_alive():
            return
        say("the private database had ended and is started again")
        try:
            private_database.ensure_running()
        except private_database.PrivateDatabaseFailed as failure:
            say(str(failure))

    def answers(self) -> bool:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            web.request("GET", "/healthz")
            return web.getresponse().status == 200
        except OSError:
            return False
        finally:
            web.close()

    def load_demonstration(self) -> None:
        """Load the demonstration year behind the web, giving way to it; its progress goes to stderr."""
        if flag("DEMONSTRATION_YEAR", default=True) and find_spec(DEMONSTRATION) is not None:
            command = ["nice", "-n", "10", *HAVEN, "demonstration"]
            subprocess.Popen(command, cwd=CHECKOUT, env=marked_environment(), stdout=sys.stderr)

    def stop(self, number: int, frame: FrameType | None, code: int = 0) -> NoReturn:
        stop_left_over(GRACE_OF_PARTS)
        if is_private():
            private_database.stop(GRACE_OF_DATABASE, THEN_AT_ONCE)
        # Not SystemExit: a signal may have come in the middle of starting a part.
        os._exit(code)


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            say(f"port {port} is in use: stop what uses it, or choose another with PORT=8001 script/server")
            raise SystemExit(1) from None


def say(what: str) -> None:
    sys.stderr.write(f"· {what}\n")
    sys.stderr.flush()


def main() -> NoReturn:
    if os.getpgrp() != os.getpid() and not sys.stdin.isatty():
        os.setpgrp()
    held = lock.take()
    if held is None:
        say(f"a server already runs from this HAVEN_HOME (process {lock.holder()}); script/haven stop ends it")
        raise SystemExit(1)
    if left_over():
        say("stopping what an earlier server left running")
    Supervisor(int(os.environ.get("PORT") or 8000)).run()
