"""The desk and the professional form in a browser: for everyone, on a telephone too, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from haven.casework.access import wall
from haven.casework.contacts.models import Contact
from haven.project.testing.people import make_report

Axe = Callable[[Page], list[Any]]


@pytest.fixture
def report(own_database: str, authority: Any, neighbour: Any, joan: Any) -> Contact:
    """Tom's report, kept for good, since a browser reads it from another session."""
    with transaction.atomic():
        wall.open_to_all()
        return make_report(authority, neighbour, immediate_danger="yes", children_present=True)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path


def signed_in(page: Page, site: str, browser: Any) -> None:
    value = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


@pytest.mark.parametrize("width", [1366, 390])
def test_the_desk_and_its_reports_have_no_barriers_and_fit_the_screen(
    page: Page, site: str, amara: Any, sign_in: Any, report: Contact, barriers: Axe, width: int
) -> None:
    signed_in(page, site, sign_in(amara))
    page.set_viewport_size({"width": width, "height": 768})
    about = f"/reports/{report.reference}/"

    for address in ("/duty", about, f"{about}accept", f"{about}join", f"{about}decline", f"{about}copy",
                    f"{about}tell/police", "/reports/new", "/eastmere/professional/"):  # fmt: skip
        page.goto(address)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_first_look_and_what_we_were_told_stand_above_the_fold(
    page: Page, site: str, amara: Any, sign_in: Any, report: Contact
) -> None:
    signed_in(page, site, sign_in(amara))
    page.goto(f"/reports/{report.reference}/")

    for text in ("Her nephew shouts at her", "Save first look"):
        box = page.get_by_text(text).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 768


def test_a_professional_tells_of_two_adults_without_javascript(
    page_without_script: Page, own_database: str, authority: Any
) -> None:
    page = page_without_script
    page.goto("/eastmere/professional/")
    page.fill("[name=adult-1-given_name]", "Ivy")
    page.get_by_role("button", name="Add another adult").click()
    page.fill("[name=adult-2-given_name]", "Olive")
    page.fill("[name=name]", "Rosa Diaz")
    page.fill("[name=telephone]", "01632 960 400")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="We have received your report").wait_for(timeout=10_000)
    with transaction.atomic():
        wall.open_to_all()
        assert [adult.given_name for adult in Contact.objects.get().adults.all()] == ["Ivy", "Olive"]
