"""Every page from the decision to closing in a browser: no barriers that axe finds, and no sideways scrolling on a
telephone."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from haven.casework.access.models import User
from haven.casework.operations.actor import Actor
from haven.pathways.adults import operations as adults
from haven.project.testing.people import TUESDAY, signed_in

DESK, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
CONCERN = (
    "decide-concern", "answer-limbs", "record-hearing", "record-types", "name-alleged-source", "end-risk-to",
    "record-crime", "set-police-hold", "record-safe-contact", "tell-also", "record-conversation", "record-attempt",
)  # fmt: skip
ENQUIRY = (
    "allocate-enquiry", "record-outcomes-asked", "record-capacity", "add-action", "pause-enquiry", "assess-risk",
    "propose-conclusion", "conclude-short-enquiry", "agree-plan", "case",
)  # fmt: skip
CLOSING = ("prepare-closing", "tell-adult", "send-feedback", "hold-feedback", "reopen-case", "case")


@pytest.fixture
def walk(page: Page, site: str, barriers: Any) -> Any:
    """Open each page as somebody, and say what is in somebody's way on it."""

    def walked(actor: Actor, case: Any, names: tuple[str, ...]) -> dict[str, Any]:
        client = signed_in(User.objects.get(pk=actor.id))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return {name: found for name in names if (found := in_the_way(name, case))}

    def in_the_way(name: str, case: Any) -> list[Any]:
        page.set_viewport_size(DESK)
        answer = page.goto(reverse(name, args=[case.reference]))
        found = [] if answer is not None and answer.status == 200 else ["does not open"]
        found += barriers(page)
        page.set_viewport_size(TELEPHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        return found + ([f"{wide} wide"] if wide > TELEPHONE["width"] else [])

    return walked


def test_the_pages_of_a_concern_stand_in_nobodys_way(walk: Any, desmond: Actor, priya: Actor, ready, kevin) -> None:
    adults.name_alleged_source(ready, person=kevin, relationship="other_relative", by=priya, at=TUESDAY)

    assert walk(desmond, ready.case, CONCERN) == {}


def test_the_pages_of_an_enquiry_stand_in_nobodys_way(walk: Any, desmond: Actor, enquiry) -> None:
    assert walk(desmond, enquiry.case, ENQUIRY) == {}


def test_the_pages_of_closing_stand_in_nobodys_way(walk: Any, desmond: Actor, closing) -> None:
    assert walk(desmond, closing.case, CLOSING) == {}


def test_an_unfinished_decision_leads_to_what_it_misses(page: Page, walk: Any, desmond: Actor, concern) -> None:
    assert walk(desmond, concern.case, ("decide-concern",)) == {}
    page.get_by_role("button", name="Save this decision").click()
    page.get_by_role("link", name="Answer “The adult has needs for care and support”").click()

    assert page.evaluate("document.activeElement.name") == "needs"
