"""A browser for tests: the machine's own chromium, driven by Playwright; and axe, which looks for barriers."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from haven.project.home import CHECKOUT

AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"

# GOV.UK's own conditional radios and checkboxes carry aria-controls in a way axe does not know. The one exclusion.
CONDITIONAL = ".govuk-radios__input[aria-controls], .govuk-checkboxes__input[aria-controls]"

RUN_AXE = """
async (conditional) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run({ runOnly: tags });
    const known = (rule, node) =>
        rule.id === "aria-allowed-attr" && document.querySelector(node.target[0])?.matches(conditional);
    return found.violations
        .map((rule) => ({
            rule: rule.id,
            help: rule.help,
            places: rule.nodes.filter((node) => !known(rule, node)).map((node) => node.html),
        }))
        .filter((rule) => rule.places.length);
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's chromium, without a window. When there is none this fails and says what to install."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise RuntimeError("Browser tests need chromium: apt-get install chromium fonts-liberation")
    # The driver keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def barriers(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page: each rule broken, and where. Empty is good."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE, CONDITIONAL)
    return found
