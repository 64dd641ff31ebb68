"""What a worker or a professional types into a report is kept while they type, and is there when they come back."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.test import Client
from playwright.sync_api import Page, expect

from haven.casework.contacts.models import Contact
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import MARK
from haven.casework.operations.actor import Actor

ENTER, PROFESSIONAL = "/reports/new", "/eastmere/professional/"
TYPED = {
    "channel": "phone", "adult": ["1", "2"], "adult-1-given_name": "Joan", "adult-2-given_name": "Ivy",
    "fact": "Shouting at night.", "source_code": "neighbour", "types": ["physical", "neglect"],
    "email": "not yet whole",
}  # fmt: skip
RECEIVED = {"received_at-day": "6", "received_at-month": "3", "received_at-year": "2026", "received_at-time": "14:00"}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path


def kept() -> Any:
    return Draft.objects.filter(form__startswith=MARK)


def keep(browser: Any, **typed: Any) -> Any:
    return browser.post("/kept-typing/", {**TYPED, "_at": ENTER, **typed})


@pytest.mark.django_db
def test_a_report_begun_is_there_for_whoever_began_it_without_complaints(
    amara: Actor, desmond: Actor, sign_in: Any
) -> None:
    browser = sign_in(amara)

    assert "Nothing is sent yet" in keep(browser, _key=str(uuid4())).json()["said"]
    assert browser.post(f"/kept-typing/{kept().get().pk}/open").url == ENTER

    page = browser.get(ENTER)
    report = page.context["report"]
    assert [adult["given_name"].value() for adult in report.adults] == ["Joan", "Ivy"]
    assert report.form["types"].value() == ["physical", "neglect"]
    assert page.context["faults"] == []
    assert "Shouting at night." not in sign_in(desmond).get(ENTER).content.decode()
    assert Contact.objects.count() == 0


@pytest.mark.django_db
def test_without_a_script_a_button_keeps_it_and_it_is_forgotten_when_it_is_sent(
    amara: Actor, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    browser, key = sign_in(amara), str(uuid4())
    assert browser.post(ENTER, {**TYPED, "_key": key, "keep": "later"}).url == "/home"
    assert "Enter report" in browser.get("/home").content.decode()

    held = browser.get(ENTER).context["report"].held
    whole = {**TYPED, **RECEIVED, "email": "", "held": held, "_key": key}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(ENTER, {**whole, "send": "1"}).status_code == 302

    assert not kept().exists()
    assert keep(browser, _key=key).json()["sent"]
    assert not kept().exists(), "a saving that comes late does not bring it back"


@pytest.mark.django_db
def test_a_report_given_back_on_two_devices_and_sent_from_both_is_one_report(amara: Actor, sign_in: Any) -> None:
    browser = sign_in(amara)
    held = browser.get(ENTER).context["report"].held
    whole = {**TYPED, **RECEIVED, "email": "", "held": held, "send": "1"}

    first = browser.post(ENTER, {**whole, "_key": str(uuid4())})
    same = sign_in(amara).post(ENTER, {**whole, "_key": str(uuid4())})
    other = sign_in(amara).post(ENTER, {**whole, "fact": "Something else.", "_key": str(uuid4())})

    assert (first.status_code, same.url) == (302, first.url)
    assert Contact.objects.count() == 1
    assert other.status_code == 422 and "We already have a report from this form" in other.content.decode()


@pytest.mark.django_db
def test_what_was_begun_can_be_thrown_away(amara: Actor, sign_in: Any) -> None:
    browser = sign_in(amara)
    keep(browser)

    assert browser.post(f"/kept-typing/{kept().get().pk}/throw-away", {"back": "page"}).url == ENTER
    assert "Shouting at night." not in browser.get(ENTER).content.decode()
    assert not kept().exists()


@pytest.mark.usefixtures("own_database")
def test_words_typed_in_a_browser_are_kept_by_themselves(page: Page, site: str, amara: Actor, sign_in: Any) -> None:
    name = site_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": sign_in(amara).cookies[name].value, "url": site}])
    page.clock.install()
    page.goto(ENTER)
    page.get_by_label("What they saw or know").fill("Shouting at night.")

    page.clock.fast_forward(4_000)
    expect(page.locator(".hv-kept")).to_contain_text("Nothing is sent yet")

    page.goto(ENTER)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("What they saw or know")).to_have_value("Shouting at night.")
    expect(page.get_by_role("button", name="Throw it away and begin anew")).to_be_visible()


@pytest.mark.django_db
def test_a_professional_comes_back_to_what_they_typed_with_their_code_and_nobody_without_it(
    authority: Any, client: Client
) -> None:
    said = client.post(PROFESSIONAL, {**TYPED, "keep": "now"}).json()["said"]
    code = said.split("the code ")[1].split(".")[0]
    assert "We cannot read it until you send it" in said
    assert "Shouting at night." in client.get(PROFESSIONAL).content.decode()

    elsewhere = Client()
    assert "Shouting at night." not in elsewhere.get(PROFESSIONAL).content.decode()
    assert elsewhere.post("/eastmere/tell-us/return/", {"code": "K7QM-2RTX-9C4D"}).status_code == 422
    assert elsewhere.post("/eastmere/tell-us/return/", {"code": code.lower()}).url == PROFESSIONAL
    page = elsewhere.get(PROFESSIONAL)
    assert "Shouting at night." in page.content.decode() and page.context["faults"] == []

    elsewhere.post(PROFESSIONAL, {"keep": "nothing"})
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_what_a_professional_sent_does_not_come_back_by_a_late_keeping(
    authority: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(PROFESSIONAL, {**TYPED, "keep": "now"})
    held = client.get(PROFESSIONAL).context["report"].held
    whole = {**TYPED, "name": "Dr Ade", "role": "GP", "organisation": "A surgery", "telephone": "01632 960123",
             "source_code": "gp", "email": "", "held": held}  # fmt: skip
    late = Client()
    late.cookies = client.cookies.copy()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(PROFESSIONAL, {**whole, "send": "1"}).status_code == 302

    assert late.post(PROFESSIONAL, {**whole, "keep": "now"}).json()["said"] == ""
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_without_a_script_a_professional_is_given_the_code_by_a_button(authority: Any, client: Client) -> None:
    page = client.post(PROFESSIONAL, {**TYPED, "keep": "later"})

    assert page.status_code == 200 and page.context["code"] in page.content.decode()
    assert "Shouting at night." in page.content.decode()
