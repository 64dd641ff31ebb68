"""Somebody who types known words into a form, a served copy of Haven that can be killed, and what is lost between."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from haven.casework.access.models import User
from haven.project.home import CHECKOUT
from haven.project.settings.databases import app_url, owner_url
from haven.project.testing.people import signed_in

MAY_BE_LOST = 10.0
"""Seconds of typing that an interruption may cost (TR-31)."""
BEGINS = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
REAL_TIME = bool(os.environ.get("HAVEN_REAL_TIME"))
"""Type by the real clock; else the page's clock is moved on, and what takes the network is waited for."""


class Haven:
    """Haven in a process of its own, on a port that stays when it is started again."""

    def __init__(self, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        urls = {"DATABASE_URL": _url(app_url(), database), "DATABASE_OWNER_URL": _url(owner_url(), database)}
        own = {"PORT": str(self.port), "WEB_WORKERS": "1", "DJANGO_SETTINGS_MODULE": "haven.project.settings.testing"}
        self.environment = {**os.environ, **urls, **own}
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", "python:haven.project.server.gunicorn_settings"]
        self.process = subprocess.Popen(
            [*command, "haven.project.wsgi"], cwd=CHECKOUT, env=self.environment, start_new_session=True
        )
        for _try in range(300):
            try:
                urlopen(f"{self.address}/healthz", timeout=5).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Haven did not start")

    def stop(self, how: int) -> None:
        """End its processes: SIGKILL as a crash does, SIGTERM as a deploy does."""
        os.killpg(self.process.pid, how) if how == signal.SIGKILL else self.process.send_signal(how)
        self.process.wait()


def _url(address: str, name: str) -> str:
    parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    return make_conninfo("", **{**parts, "dbname": name})


def at_browser(browser: Browser, haven: Haven, who: Any) -> BrowserContext:
    """Another browser in which this person is signed in."""
    context = browser.new_context(base_url=haven.address, locale="en-GB")
    name = settings.SESSION_COOKIE_NAME
    cookie = signed_in(User.objects.get(pk=who.id)).cookies[name].value
    context.add_cookies([{"name": name, "value": cookie, "url": haven.address}])
    return context


@dataclass
class Typist:
    """Types numbered words into a box, and remembers when each was typed."""

    page: Page
    label: str
    chance: random.Random
    typed: list[tuple[str, float]] = field(default_factory=list)
    now: float = 0.0
    under_way: int = 0

    def open(self, url: str) -> None:
        """Open the form."""
        if not REAL_TIME:
            self.page.clock.install(time=BEGINS)
        self.page.on("request", lambda request: self._count(request, 1))
        for done in ("requestfinished", "requestfailed"):
            self.page.on(done, lambda request: self._count(request, -1))
        self.page.goto(url)
        if not REAL_TIME:
            self.page.clock.pause_at(BEGINS + timedelta(hours=1))  # from here on it moves only as she types
        self.began = time.monotonic()

    def _count(self, request: Any, step: int) -> None:
        self.under_way += step if request.url.endswith("/kept-typing/") else 0

    def type_for(self, seconds: float) -> None:
        """Type without a pause longer than a moment's thought, until the seconds are over."""
        end = self.now + seconds
        while self.now < end:
            word = f"word{len(self.typed):03d}"
            self.page.get_by_label(self.label).press_sequentially(f"{word} ")
            self.typed.append((word, self.now))
            self._wait(self.chance.choice([0.2, 0.3, 0.5, 0.8, 3.5]))

    def _wait(self, seconds: float) -> None:
        if REAL_TIME:
            self.page.wait_for_timeout(seconds * 1000)
            self.now = time.monotonic() - self.began
            return
        self.page.clock.run_for(int(seconds * 1000))
        self.now += seconds
        for _try in range(200):
            self.page.wait_for_timeout(5)
            if not self.under_way:
                return

    def lost(self, found: str) -> list[float]:
        """How many seconds before the interruption each word was typed that is not there any more."""
        there = set(found.split())
        return [self.now - at for word, at in self.typed if word not in there]


def bring_back(page: Page, url: str, label: str) -> str:
    """Come to the page as somebody does afterwards, and take the offer; what the box then holds."""
    with page.expect_response("**/kept-typing/find") as found:
        page.goto(url)
    if not found.value.json()["kept"]:
        return ""
    page.get_by_role("button", name="Bring it back").click()
    return page.get_by_label(label).input_value()
