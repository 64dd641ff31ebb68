"""script/server: everything runs, comes back when it is killed, and goes within two seconds."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from house import CHECKOUT

from haven.project.private_database import Place

PATIENCE = 90


def until(true: Callable[[], object], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Served:
    """A server in a home of its own, without the demonstration year."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        others = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
        self.environment = {**others, "HAVEN_HOME": str(home), "PORT": str(self.port), "DEMONSTRATION_YEAR": "no"}
        self.home = home

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["script/server"],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=(self.home / "said").open("a"),
            text=True,
            start_new_session=True,
        )

    def answers(self, address: str) -> bool:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            web.request("GET", address)
            return web.getresponse().status == 200
        except OSError:
            return False
        finally:
            web.close()

    def processes(self) -> list[int]:
        mark = f"HAVEN_SERVED_FROM={self.home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def command(self, *arguments: str) -> str:
        command = ["script/haven", *arguments]
        return subprocess.check_output(command, cwd=CHECKOUT, env=self.environment, text=True)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    server = Served(tmp_path)
    yield server
    server.command("stop")
    monkeypatch.setenv("HAVEN_HOME", str(tmp_path))
    shutil.rmtree(Place.of_this_home().folder, ignore_errors=True)


def test_the_server_comes_back_from_every_kill_and_stops_within_two_seconds(served):
    first = served.start()
    assert first.stdout.readline() == f"http://localhost:{served.port}\n", (served.home / "said").read_text()
    assert served.answers("/healthz")
    assert served.answers("/readyz")

    database = served.command("database-url", "--superuser")
    assert database.startswith("postgresql://postgres@/haven?host=")

    killed = served.processes()
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: served.answers("/readyz")), "web and worker come back"
    assert set(served.processes()).isdisjoint(killed)

    first.kill()
    first.wait()
    again = served.start()
    assert again.stdout.readline() == f"http://localhost:{served.port}\n", "a start after a kill clears up first"
    assert served.answers("/readyz")

    began = time.monotonic()
    again.terminate()
    assert again.wait() == 0
    assert time.monotonic() - began < 2
    assert served.processes() == []
    assert not served.answers("/healthz")


def test_a_second_server_from_the_same_home_is_refused(served):
    first = served.start()
    assert first.stdout.readline(), (served.home / "said").read_text()

    second = served.start()

    assert second.wait() == 1
    assert "a server already runs" in (served.home / "said").read_text()
    assert served.answers("/healthz")
    first.terminate()
    first.wait()
