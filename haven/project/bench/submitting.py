"""Members of the public sending at once: eight clients against gunicorn as script/server starts it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.project.bench.asking import TOKEN
from haven.project.bench.timing import Timing, table
from haven.project.bench.typing_in import typed_report
from haven.project.home import CHECKOUT

GOAL = 15
"""Submissions a second; the closest peer manages one."""
CLIENTS = 8
MOST = 900
"""Reports typed in beforehand: more than can be sent in the time, or the measure ends early and says so."""

Typed = tuple[str, tuple[str, str]]
"""A council's code, and the cookie that opens a report typed in for it."""


@dataclass
class Submitted:
    """What became of the reports sent, how long each took, and over what time."""

    timing: Timing
    seconds: float
    errors: int
    duplicates: int
    lost: int

    @property
    def a_second(self) -> float:
        return self.timing.n / self.seconds


def time_submissions(urls: dict[str, str], seconds: float) -> Submitted:
    """Send for so many seconds. Every fourth report is sent twice, and must still be one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', false)")
    waiting = _type_in()
    before = Contact.objects.count()
    connection.close()
    with _gunicorn(urls) as port, ThreadPoolExecutor(CLIENTS) as clients:
        began = time.perf_counter()
        jobs = [clients.submit(_send, port, waiting[i::CLIENTS], began + seconds) for i in range(CLIENTS)]
        results = [job.result() for job in jobs]
        taken = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', false)")
    made = Contact.objects.count() - before
    timing = Timing("public submissions", [took for times, _ in results for took in times])
    connection.close()
    return Submitted(timing, taken, sum(e for _, e in results), max(0, made - timing.n), max(0, timing.n - made))


def _type_in() -> list[Typed]:
    councils, at = list(Authority.objects.order_by("code")), timezone.now()
    return [(council.code, typed_report(council, at)) for i in range(MOST) for council in [councils[i % len(councils)]]]


def _send(port: int, waiting: list[Typed], until: float) -> tuple[list[float], int]:
    """One client: send until the time is up; the milliseconds of each that was received, and how many were not."""
    times, errors = [], 0
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for place, report in enumerate(waiting):
        if time.perf_counter() >= until:
            break
        began = time.perf_counter()
        received = _post(web, report)
        times += [(time.perf_counter() - began) * 1000] if received else []
        errors += not received
        if place % 4 == 3:
            _post(web, report)
    web.close()
    return times, errors


def _post(web: http.client.HTTPConnection, report: Typed) -> bool:
    code, (name, value) = report
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}; {name}={value}",
        "Host": "localhost",
    }
    try:
        web.request("POST", f"/{code}/tell-us/check/", urlencode({"csrfmiddlewaretoken": TOKEN}), headers)
        answer = web.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        web.close()
        return False
    return answer.status == 302


@contextmanager
def _gunicorn(urls: dict[str, str]) -> Iterator[int]:
    """The web alone, with script/server's own settings, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--config", "python:haven.project.server.gunicorn_settings"]
    environment = {**os.environ, **urls, "PORT": str(port), "HAVEN_DATABASE_POOL": "yes"}
    web = subprocess.Popen([*command, "haven.project.wsgi"], cwd=CHECKOUT, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        web.terminate()
        web.wait(30)


def _wait_for(port: int) -> None:
    """Until it has answered often enough that both its processes are warm."""
    deadline, answered = time.monotonic() + 60, 0
    while answered < 40 and time.monotonic() < deadline:
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            web.request("GET", "/fernmoor/", headers={"Host": "localhost"})
            answered += web.getresponse().status == 200
        except OSError:
            time.sleep(0.2)
        finally:
            web.close()


def submitted_table(found: Submitted) -> str:
    """One row."""
    headings = [
        "public submissions",
        "clients",
        "sent",
        "seconds",
        "a second",
        "goal",
        "p50/p95 ms",
        "errors",
        "duplicates",
        "lost",
    ]
    times = f"{found.timing.p50:.0f}/{found.timing.p95:.0f}"
    counts = [str(CLIENTS), str(found.timing.n), f"{found.seconds:.1f}", f"{found.a_second:.1f}", f"≥ {GOAL}", times]
    return table(headings, [["gunicorn, 2 × 4", *counts, str(found.errors), str(found.duplicates), str(found.lost)]])
