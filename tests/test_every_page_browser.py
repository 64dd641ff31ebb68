"""Every page of Haven in a browser, at a desk's width and a telephone's: nothing in anybody's way, nothing broken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import get_resolver
from every_page import KINDS, NOT_PAGES, Council, Sample, pages
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from haven.project.bench.asking import sign_in
from haven.project.bench.database import seed_into
from haven.project.management.commands.routes import addresses

WIDTHS = ((1366, 768), (390, 844))
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


class Visit:
    """Looks at pages, and keeps what is wrong with each."""

    def __init__(self, context: BrowserContext, site: str, barriers: Callable[[Page], list[dict[str, Any]]]) -> None:
        self.context, self.site, self.barriers = context, site, barriers
        self.wrong: list[str] = []
        self.seen: list[str] = []

    def look(self, sample: Sample) -> None:
        """Open the page and look at it at both widths."""
        self.context.clear_cookies()
        cookies = sign_in(sample.user) if sample.user else ()
        self.context.add_cookies([{"name": n, "value": v, "url": self.site} for n, v in (*cookies, *sample.cookies)])
        with self.page(sample) as page:
            answer = page.goto(sample.path)
            if answer is None or answer.status != 200:
                self.say(sample, f"answered {answer and answer.status}")
                return
            self.seen.append(sample.name)
            for width, height in WIDTHS:
                page.set_viewport_size({"width": width, "height": height})
                self.judge(sample, page, width)

    def judge(self, sample: Sample, page: Page, width: int) -> None:
        for barrier in self.barriers(page):
            self.say(sample, f"at {width}: {barrier['rule']}, {barrier['help']}: {barrier['places'][:2]}")
        if not page.evaluate(FITS):
            self.say(sample, f"at {width}: is wider than the screen")

    @contextmanager
    def page(self, sample: Sample) -> Iterator[Page]:
        """A page that tells of every error in its console, a blocked style or script among them."""

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.say(sample, message.text)

        page = self.context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: self.say(sample, str(error)))
        yield page
        page.close()

    def say(self, sample: Sample, what: str) -> None:
        self.wrong.append(f"{sample.name} {sample.path.split('?')[0]}: {what}")


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_in_anybodys_way_at_either_width(
    kind: str,
    own_database: str,
    db: None,
    site: str,
    browser: Browser,
    barriers: Callable[[Page], list[dict[str, Any]]],
) -> None:
    seed_into(own_database, cases=600, seed=3)
    samples = list(Council().samples(kind))
    with browser.new_context(base_url=site, locale="en-GB") as context:
        visit = Visit(context, site, barriers)
        for sample in samples:
            visit.look(sample)

    assert visit.wrong == [], "\n".join(visit.wrong)
    assert set(visit.seen) == pages(kind)


def test_what_is_said_not_to_be_a_page_is_an_address() -> None:
    assert set(NOT_PAGES) <= {name for _, name, _ in addresses(get_resolver())}
