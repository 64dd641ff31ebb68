"""The public form in a browser: without JavaScript, with the keyboard alone, on a telephone, and for everyone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact

STEPS = (
    "danger",
    "about",
    "words",
    "who",
    "happening",
    "everyday",
    "cause",
    "others",
    "wishes",
    "reach",
    "you",
    "reply",
)
ADVICE = ("", "in-danger/", "under-18/", "for-your-work/", "speak-up/", "help/", "tell-us/return", "tell-us/saved/",
          "status", "messages")  # fmt: skip


@pytest.fixture
def council(own_database: str) -> Authority:
    return Authority.objects.create(
        code="saeb", name="Saeb Council", telephone="020 7946 0100", out_of_hours_telephone="020 7946 0999"
    )


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()


def tell(page: Page, look: Callable[[Page], None] = lambda page: None) -> None:
    """Tom tells us, from the first page to the last question."""
    page.goto("/saeb/")
    look(page)
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("I am not sure").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("999")
    page.get_by_role("button", name="Carry on").click()
    page.get_by_label("Someone I know").check()
    go_on(page)
    page.get_by_label("Tell us what is worrying you").fill("She is alone all day and has no food.")
    go_on(page)
    page.get_by_label("Where are they now?").fill("Flat above the bakery")
    go_on(page)
    for _ in range(STEPS.index("reply") - STEPS.index("who")):
        look(page)
        go_on(page)


@pytest.mark.usefixtures("council")
def test_the_whole_form_works_without_javascript(page_without_script: Page) -> None:
    page = page_without_script
    tell(page)
    expect(page.get_by_text("She is alone all day and has no food.")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have received it.")
    with transaction.atomic():
        wall.open_to_all()
        assert Contact.objects.get().reference in page.inner_text("main")
    assert not re.search("bakery|alone", page.url + page.title())


@pytest.mark.usefixtures("council")
def test_coming_back_with_the_code_works_without_javascript(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/saeb/tell-us/words/")
    page.get_by_label("Tell us what is worrying you").fill("Half of it")
    page.get_by_role("button", name="Save and come back later").click()
    code = page.locator(".hv-code").inner_text()
    page.context.clear_cookies()

    page.goto("/saeb/tell-us/return")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("button", name="Open").click()
    page.goto("/saeb/tell-us/words/")
    expect(page.get_by_label("Tell us what is worrying you")).to_have_value("Half of it")


@pytest.mark.usefixtures("council")
def test_the_whole_form_can_be_filled_in_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/saeb/tell-us/danger/")
    choose_by_key(page, "danger", times=2)
    choose_by_key(page, "about", times=2)
    type_by_key(page, "words", "She is alone all day.")
    type_by_key(page, "whereabouts", "Flat above the bakery")
    for _ in range(STEPS.index("reply") - STEPS.index("who")):
        press(page, "Continue")
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have received it.")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the wanted thing (a name, or a button's words) has the focus; it must show that it has."""
    here = "() => [document.activeElement.name, document.activeElement.innerText]"
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted in [text and text.strip() for text in page.evaluate(here)]:
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_by_key(page: Page, name: str, times: int) -> None:
    tab_to(page, name)
    page.keyboard.press("Space")
    for _ in range(times - 1):
        page.keyboard.press("ArrowDown")
    press(page, "Continue")


def type_by_key(page: Page, name: str, words: str) -> None:
    tab_to(page, name)
    page.keyboard.type(words)
    press(page, "Continue")


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_has_a_barrier_or_runs_out_of_the_screen(
    page: Page, barriers: Callable[[Page], list[Any]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 768})

    def look(page: Page) -> None:
        assert barriers(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    tell(page, look)
    look(page)
    for address in [*ADVICE, *(f"tell-us/{step}/" for step in STEPS)]:
        page.goto(f"/saeb/{address}")
        look(page)
    page.goto("/saeb/tell-us/reply/")
    page.get_by_label("Ring me").check()
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: "))
    look(page)
    page.goto("/saeb/tell-us/check/")
    page.get_by_role("button", name="Send", exact=True).click()
    look(page)
    page.get_by_role("link", name="Show this for printing").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reference C-")
    look(page)
