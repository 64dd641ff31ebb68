"""What was typed into a page that locked meanwhile comes back to whoever typed it, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from haven.casework.access.models import User
from haven.casework.access.standing import IS_LOCKED
from haven.casework.cases.models import CaseNote
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import MARK
from haven.project.testing.people import signed_in
from haven.project.testing.signing_in import PASSWORD, with_password_and_app

WORDS = "She told me on the stairs that he takes her pension."


@pytest.fixture
def note():
    """What Priya typed."""
    return {"how": "visit", "words": WORDS, "standing": "fact", "happened_at-day": "6", "happened_at-month": "3",
             "happened_at-year": "2026", "happened_at-time": "14:00"}  # fmt: skip


@pytest.fixture
def form_url(case):
    """The page of the form."""
    return reverse("add-case-note", args=[case.reference])


def lock(browser: Client) -> None:
    session = browser.session
    session[IS_LOCKED] = True
    session.save()


def test_a_form_sent_too_late_comes_back_filled_in_and_nothing_is_saved_until_it_is_sent(
    priya, note, form_url, django_capture_on_commit_callbacks
):
    app = with_password_and_app(priya.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)

    answer = browser.post(form_url, note)
    assert answer.url.startswith("/accounts/unlock/?next=")
    assert WORDS not in browser.get(answer.url).content.decode()
    unlocked = browser.post("/accounts/unlock/", {"password": PASSWORD, "code": app.code(), "next": form_url})
    assert unlocked.url == form_url

    page = browser.get(form_url).content.decode()
    assert WORDS in page
    assert "We kept what you typed" in page and "Nothing has been saved yet" in page
    assert not CaseNote.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(form_url, note).status_code == 302
    assert CaseNote.objects.get().words == WORDS
    assert not Draft.objects.filter(form__startswith=MARK).exists()
    assert WORDS not in browser.get(form_url).content.decode()


def test_it_comes_back_after_signing_in_again_too(priya, note, form_url):
    app = with_password_and_app(priya.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)
    browser.post(form_url, note)
    browser.post("/accounts/logout/")

    browser.post("/accounts/login/", {"login": "priya@example.org", "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": app.code()})

    assert WORDS in browser.get(form_url).content.decode()


def test_somebody_else_who_signs_in_on_that_browser_never_sees_it(priya, desmond, note, form_url):
    with_password_and_app(priya.id)
    app = with_password_and_app(desmond.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)
    browser.post(form_url, note)

    browser.post("/accounts/unlock/", {"password": PASSWORD, "code": app.code(), "next": form_url})
    assert browser.get(form_url).status_code == 302
    browser.post("/accounts/logout/")
    browser.post("/accounts/login/", {"login": "desmond@example.org", "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": app.code()})

    page = browser.get(form_url)
    assert page.status_code == 200
    assert WORDS not in page.content.decode() + browser.get("/home").content.decode()


@pytest.mark.parametrize("wrong", [{"password": "not mine"}, {"code": "000000"}])
def test_a_screen_stays_locked_with_a_wrong_password_or_code_and_says_the_same(priya, wrong):
    app = with_password_and_app(priya.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)

    answer = browser.post("/accounts/unlock/", {"password": PASSWORD, "code": app.code(), **wrong})

    assert answer.status_code == 422
    assert "The password or the code is wrong" in answer.content.decode()
    assert browser.get("/home").status_code == 302


def test_unlocking_leads_only_to_pages_of_ours(priya):
    app = with_password_and_app(priya.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)

    answer = browser.post(
        "/accounts/unlock/", {"password": PASSWORD, "code": app.code(), "next": "https://elsewhere.example/"}
    )

    assert answer.url == "/"


def test_no_password_is_ever_kept(priya):
    browser = signed_in(User.objects.get(pk=priya.id))
    lock(browser)

    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x y z", "password2": "x y z"})

    assert not Draft.objects.exists()


def test_a_button_pressed_too_late_keeps_nothing_and_does_nothing(desmond, report):
    browser = signed_in(User.objects.get(pk=desmond.id))
    lock(browser)

    assert browser.post(f"/reports/{report.reference}/claim").url == "/accounts/unlock/"
    assert not Draft.objects.exists()
