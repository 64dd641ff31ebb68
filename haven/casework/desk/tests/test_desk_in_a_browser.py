"""The desk in a browser: no barriers on any page, nothing wider than a telephone, and the keys of the case page."""

import pytest
from django.conf import settings


@pytest.fixture
def signed_in(page, site, case, report, priya, desmond, sign_in):
    """The page of a browser in which somebody is signed in."""

    def as_actor(actor):
        cookie = sign_in(actor).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
        return page

    return as_actor


def test_no_page_of_the_desk_has_a_barrier_or_is_wider_than_a_telephone(signed_in, case, desmond, barriers):
    page = signed_in(desmond)
    case_page = f"/cases/{case.reference}/"
    pages = ["/home", "/team", "/board", "/search", "/accounts/", f"/people/{case.person_id}/", case_page]
    pages += [f"{case_page}summary", f"{case_page}copy", f"{case_page}notes/new", f"{case_page}timeline"]

    found, wide = {}, {}
    for address in pages:
        page.goto(address)
        found[address] = barriers(page)
        page.set_viewport_size({"width": 390, "height": 844})
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1366, "height": 768})

    assert {address: broken for address, broken in found.items() if broken} == {}
    assert {address: width for address, width in wide.items() if width > 390} == {}


def test_the_eight_things_stand_above_the_fold(signed_in, case, priya):
    page = signed_in(priya)
    page.goto(f"/cases/{case.reference}/")

    last = page.locator("#g-decisions").locator("..").bounding_box()

    assert last["y"] + last["height"] <= 768


def test_n_opens_a_case_note_and_rests_while_somebody_types(signed_in, case, priya):
    page = signed_in(priya)
    page.goto(f"/cases/{case.reference}/")
    page.locator("#hv-search").press("n")
    assert page.locator("#hv-search").input_value() == "n"

    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**/notes/new")

    page.get_by_label("What happened").fill("Seen and well.")
    page.get_by_label("How", exact=True).select_option("visit")
    page.get_by_role("button", name="Add the note").click()
    assert page.get_by_text("Seen and well.").is_visible()
    assert page.get_by_text("Priya Nair added a case note: Visit").is_visible()
