"""What a worker types into a report is kept while they type, and is there when they come back (PR-02)."""

from typing import Any

import pytest
from django.conf import settings as site_settings
from playwright.sync_api import Page, expect

from haven.casework.contacts.models import Contact
from haven.casework.drafts.models import Draft
from haven.casework.operations.actor import Actor

ENTER = "/reports/new"
TYPED = {
    "channel": "phone", "adult": ["1", "2"], "adult-1-given_name": "Joan", "adult-2-given_name": "Ivy",
    "fact": "Shouting at night.", "source_code": "neighbour", "types": ["physical", "neglect"],
    "email": "not yet whole",
}  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path


@pytest.mark.django_db
def test_a_report_begun_is_there_for_whoever_began_it_without_complaints(
    amara: Actor, desmond: Actor, sign_in: Any
) -> None:
    browser = sign_in(amara)

    answer = browser.post(ENTER, {**TYPED, "keep": "now"})
    assert (answer.status_code, "not yet in the duty queue" in answer.content.decode()) == (200, True)

    page = browser.get(ENTER)
    report = page.context["report"]
    assert [adult["given_name"].value() for adult in report.adults] == ["Joan", "Ivy"]
    assert report.form["types"].value() == ["physical", "neglect"]
    assert page.context["faults"] == []
    assert "Shouting at night." not in sign_in(desmond).get(ENTER).content.decode()
    assert Contact.objects.count() == 0


@pytest.mark.django_db
def test_what_was_begun_is_listed_under_my_work_and_forgotten_when_it_is_sent(
    amara: Actor, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(amara)
    browser.post(ENTER, {**TYPED, "keep": "later"})
    assert "A report you began" in browser.get("/home").content.decode()

    held = browser.get(ENTER).context["report"].held
    moment = dict(zip(("day", "month", "year", "time"), ("6", "3", "2026", "14:00"), strict=True))
    whole = {**TYPED, "email": "", "held": held, **{f"received_at-{part}": said for part, said in moment.items()}}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(ENTER, {**whole, "send": "1"}).status_code == 302

    assert not Draft.objects.exists()
    browser.post(ENTER, {**whole, "keep": "now"})
    assert not Draft.objects.exists(), "a saving that comes late does not bring it back"


@pytest.mark.django_db
def test_what_was_begun_can_be_thrown_away(amara: Actor, sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    browser = sign_in(amara)
    browser.post(ENTER, {**TYPED, "keep": "now"})

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(ENTER, {"keep": "nothing"})

    assert "Shouting at night." not in browser.get(ENTER).content.decode()


@pytest.mark.usefixtures("own_database")
def test_words_typed_in_a_browser_are_kept_by_themselves(page: Page, site: str, amara: Actor, sign_in: Any) -> None:
    name = site_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": sign_in(amara).cookies[name].value, "url": site}])
    page.clock.install()
    page.goto(ENTER)
    page.get_by_label("What they saw or know").fill("Shouting at night.")

    page.clock.fast_forward(11_000)
    expect(page.get_by_text("not yet in the duty queue")).to_be_visible()

    page.goto(ENTER)
    expect(page.get_by_label("What they saw or know")).to_have_value("Shouting at night.")
    expect(page.get_by_role("button", name="Throw it away and begin anew")).to_be_visible()
