"""Coming back by a number in a browser: without JavaScript, from the receipt to the message and away again."""

import re

import pytest
from playwright.sync_api import Page, expect

from haven.casework.access.models import Authority
from haven.pathways.adults.tests.test_public_browser import go_on

NUMBER = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")


@pytest.mark.usefixtures("own_database")
def test_telling_us_without_a_name_and_coming_back_works_without_javascript(page_without_script: Page) -> None:
    Authority.objects.create(code="saeb", name="Saeb Council", telephone="020 7946 0100")
    page = page_without_script
    page.goto("/saeb/speak-up/")
    page.get_by_role("button", name="Tell us without a name").click()
    page.goto("/saeb/tell-us/words/")
    page.get_by_label("Tell us what is worrying you").fill("She is left on the floor at night.")
    go_on(page)
    page.get_by_label("Where are they now?").fill("A care home")
    go_on(page)
    page.goto("/saeb/tell-us/you/")
    page.get_by_label("Do not ask my name").check()
    go_on(page)
    page.goto("/saeb/tell-us/check/")
    page.get_by_role("button", name="Send", exact=True).click()
    found = NUMBER.search(page.inner_text("main"))
    assert found

    page.get_by_role("link", name="read what we write to you").click()
    page.get_by_label("Read our messages or tell us more").fill(found[0])
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_label("Your message").fill("It happened again.")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_text("It happened again.")).to_be_visible()
    expect(page.get_by_role("button", name="Leave this page quickly")).to_be_visible()
    assert not NUMBER.search(page.url + page.title())
    page.get_by_role("button", name="Close these messages").click()
    page.goto("/saeb/messages/open/")
    expect(page.get_by_label("Read our messages or tell us more")).to_be_visible()
