"""Typing is interrupted in seven ways at a random moment: nothing typed more than ten seconds before is lost (TR-31).

HAVEN_TIMES=30 tries each way so often; HAVEN_SEED names the moments; HAVEN_REAL_TIME=1 types by the real clock.
"""

import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, expect
from typing_on import MAY_BE_LOST, Haven, Typist, at_browser, bring_back

from haven.casework.access.standing import ACTIVE
from haven.casework.drafts.models import Draft
from haven.project.testing.signing_in import PASSWORD, with_password_and_app

TIMES, SEED = int(os.environ.get("HAVEN_TIMES") or 1), int(os.environ.get("HAVEN_SEED") or 20261125)
LABEL = "What happened"


class Desk:
    """Priya at a form, a browser to come back with, and the ways she may be interrupted."""

    def __init__(self, haven: Haven, browser: Browser, priya: Any, url: str, chance: random.Random) -> None:
        self.haven, self.browser, self.priya, self.url, self.chance = haven, browser, priya, url, chance
        self.app = with_password_and_app(priya.id)
        self.context = at_browser(browser, haven, priya)
        self.typist = Typist(self.context.new_page(), LABEL, chance)

    @property
    def page(self) -> Any:
        return self.typist.page

    def type(self) -> None:
        self.typist.open(self.url)
        self.typist.type_for(self.chance.uniform(2, 16))

    def come_back(self) -> str:
        """In the same browser, on a new page."""
        self.page.close()
        return bring_back(self.context.new_page(), self.url, LABEL)

    def come_back_signed_in_again(self) -> str:
        """In another browser, or after signing in again."""
        with at_browser(self.browser, self.haven, self.priya) as context:
            return bring_back(context.new_page(), self.url, LABEL)


def time_out(desk: Desk) -> str:
    """Nobody was there for a quarter of an hour; the browser does not outlive the lock."""
    for session in Session.objects.all():
        data = session.get_decoded()
        data[ACTIVE] -= 16 * 60
        session.session_data = Session.get_session_store_class()().encode(data)
        session.save()
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.page.get_by_role("heading", name="The screen is locked")).to_be_visible()
    desk.page.close()
    page = desk.context.new_page()
    page.goto(desk.url)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Code from your authenticator app").fill(desk.app.code())
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_label(LABEL)).to_be_visible()
    return bring_back(desk.context.new_page(), desk.url, LABEL)


def signed_out_elsewhere(desk: Desk) -> str:
    """Every session was ended, and the window is closed."""
    Session.objects.all().delete()
    desk.page.close()
    return desk.come_back_signed_in_again()


def server_killed(desk: Desk) -> str:
    """The server dies; by the time it is there again the window has been closed."""
    desk.haven.stop(signal.SIGKILL)
    desk.page.close()
    desk.haven.start()
    return desk.come_back_signed_in_again()


def network_dropped(desk: Desk) -> str:
    """The network is gone, the window is closed, and the network comes back."""
    desk.context.set_offline(True)
    desk.page.close()
    desk.context.set_offline(False)
    return bring_back(desk.context.new_page(), desk.url, LABEL)


def tab_closed(desk: Desk) -> str:
    """The window is closed in the middle of a word."""
    return desk.come_back()


def deployed(desk: Desk) -> str:
    """A new version is started in place of the old."""
    desk.haven.stop(signal.SIGTERM)
    desk.haven.start()
    return desk.come_back()


def second_device(desk: Desk) -> str:
    """The window stays open where it is, and she carries on at another machine."""
    return desk.come_back_signed_in_again()


WAYS = [time_out, signed_out_elsewhere, server_killed, network_dropped, tab_closed, deployed, second_device]


@pytest.fixture
def haven(own_database: str) -> Iterator[Haven]:
    """Haven in a process of its own, on the test's database."""
    haven = Haven(own_database)
    yield haven
    haven.stop(signal.SIGKILL)


def test_nothing_typed_ten_seconds_before_an_interruption_is_lost(
    haven: Haven, browser: Browser, priya: Any, case: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    url = reverse("add-case-note", args=[case.reference])
    said = [f"\nTR-31: N={TIMES} of each, seed {SEED}"]
    too_old = []
    for way in WAYS:
        typed, lost = tried(way, haven, browser, priya, url)
        too_old += [seconds for seconds in lost if seconds > MAY_BE_LOST]
        oldest = f"{max(lost, default=0):.1f} s"
        said.append(f"  {way.__name__:22}{typed:5} words typed, {len(lost):3} lost, the oldest {oldest} before")
    with capsys.disabled():
        sys.stdout.write("\n".join(said) if TIMES > 1 else "")

    assert too_old == [], "\n".join(said)


def tried(way: Callable[[Desk], str], haven: Haven, browser: Browser, priya: Any, url: str) -> tuple[int, list[float]]:
    """How many words were typed in all the tries of one way, and how long before the interruption those lost were."""
    chance = random.Random(f"{SEED} {way.__name__}")
    typed, lost = 0, []
    for _try in range(TIMES):
        desk = Desk(haven, browser, priya, url, chance)
        with desk.context:
            desk.type()
            lost += desk.typist.lost(way(desk))
            typed += len(desk.typist.typed)
        Draft.objects.all().delete()
    return typed, lost
