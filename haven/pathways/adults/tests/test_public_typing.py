"""A page of the public form is kept while it is typed, under the code, and opens where it was left."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from haven.casework.contacts.models import Contact
from haven.casework.drafts.models import Draft
from haven.pathways.adults.forms.public.steps import PAGES

WORDS = "/eastmere/tell-us/words/"
SAID = "He shouts at her every night"


@pytest.fixture
def tom(authority: Any) -> Client:
    """A neighbour, with a browser."""
    return Client()


def keep(browser: Client, words: str = SAID) -> Any:
    return browser.post(WORDS, {"words": words, "keep": "now"}).json()["said"]


@pytest.mark.django_db
def test_a_page_left_in_the_middle_is_there_again_without_complaints(tom: Client) -> None:
    assert "We cannot read it until you send it" in keep(tom)

    page = tom.get(WORDS).content.decode()
    assert SAID in page and "There is a problem" not in page
    assert SAID not in Client().get(WORDS).content.decode()
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_nothing_is_kept_and_no_code_is_given_before_something_was_typed(tom: Client) -> None:
    for step in PAGES:
        tom.get(f"/eastmere/tell-us/{step}/")

    assert not Draft.objects.exists()
    assert "haven_report" not in tom.cookies


@pytest.mark.django_db
def test_the_code_opens_the_page_that_was_left(tom: Client) -> None:
    tom.post("/eastmere/tell-us/danger/", {"danger": "no"})
    keep(tom)
    code = tom.get("/eastmere/tell-us/saved/").context["code"]

    elsewhere = Client()
    assert elsewhere.post("/eastmere/tell-us/return/", {"code": code}).url == WORDS
    assert SAID in elsewhere.get(WORDS).content.decode()


@pytest.mark.django_db
def test_an_answer_takes_the_place_of_what_was_being_typed(tom: Client) -> None:
    keep(tom)
    assert tom.post(WORDS, {"words": "He shouts at her. Since May."}).status_code == 302

    page = tom.get(WORDS).content.decode()
    assert "Since May" in page and SAID not in page
    assert Draft.objects.count() == 1


@pytest.mark.django_db
def test_what_was_deleted_or_sent_is_not_brought_back_by_a_late_keeping(tom: Client) -> None:
    keep(tom)
    late = Client()
    late.cookies = tom.cookies.copy()
    tom.post("/eastmere/tell-us/delete/")

    assert keep(late) == ""
    assert not Draft.objects.exists()


def test_in_a_browser_a_page_closed_in_the_middle_loses_nothing(
    page: Page, site: str, authority: Any, barriers: Any
) -> None:
    page.clock.install()
    page.goto(WORDS)
    page.locator("textarea").fill(SAID)
    page.clock.fast_forward(4_000)
    expect(page.locator(".hv-kept")).to_have_text(re.compile("We cannot read it until you send it"))
    assert barriers(page) == []
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""], "the browser holds the code, where no script reads it, and nothing else"

    again = page.context.new_page()
    page.close()
    again.goto(WORDS)
    expect(again.locator("textarea")).to_have_value(SAID)
