"""What was typed into a page that locked meanwhile comes back to whoever typed it, and to nobody else."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haven.casework.access.models import CaseRelationship, User
from haven.casework.access.standing import ACTIVE, IS_LOCKED
from haven.casework.cases.models import Case, CaseNote
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


def keep(browser: Client, url: str, typed: dict[str, str], **more: str):
    """What the page's script sends."""
    return browser.post("/kept-typing/", {**typed, "_at": url, **more})


@pytest.fixture
def priyas(priya):
    """A browser where Priya is signed in."""
    return signed_in(User.objects.get(pk=priya.id))


def kept_of(who) -> list[Draft]:
    return list(Draft.objects.filter(owner_id=who.id, form__startswith=MARK))


def test_what_is_typed_half_is_given_back_as_it_is_and_nothing_is_complained_of(priya, priyas, note, form_url):
    half = {"words": WORDS, "happened_at-day": "31", "happened_at-month": "2", "_key": str(uuid4())}
    assert "Nothing is sent yet" in keep(priyas, form_url, half).json()["said"]
    assert WORDS not in priyas.get(form_url).content.decode(), "it is offered, not put into the page unasked"

    elsewhere = signed_in(User.objects.get(pk=priya.id))
    found = elsewhere.post("/kept-typing/find", {"_at": form_url}).json()["kept"][form_url]
    assert WORDS not in str(found)
    assert elsewhere.post(f"/kept-typing/{found['id']}/open").url == form_url
    page = elsewhere.get(form_url)
    assert page.status_code == 200
    assert WORDS in page.content.decode() and 'value="31"' in page.content.decode()
    assert "There is a problem" not in page.content.decode() and "Error:" not in page.content.decode()


def test_nobody_else_finds_opens_or_throws_away_what_somebody_typed(priya, priyas, desmond, note, form_url):
    keep(priyas, form_url, note)
    pk = kept_of(priya)[0].pk
    other = signed_in(User.objects.get(pk=desmond.id))

    assert other.post("/kept-typing/find", {"_at": form_url}).json() == {"kept": {}}
    assert other.post(f"/kept-typing/{pk}/open").status_code == 404
    assert other.post(f"/kept-typing/{pk}/throw-away").status_code == 404
    assert "Add case note" not in other.get("/home").content.decode()
    assert len(kept_of(priya)) == 1


def test_two_windows_on_one_page_do_not_overwrite_each_other(priya, priyas, note, form_url):
    keep(priyas, form_url, {**note, "_key": str(uuid4())})
    keep(priyas, form_url, {**note, "words": "Another visit.", "_key": str(uuid4())})

    assert len(kept_of(priya)) == 2


def test_a_form_that_was_given_back_carries_on_in_its_own_place(priya, priyas, note, form_url):
    first, second = str(uuid4()), str(uuid4())
    keep(priyas, form_url, {**note, "_key": first})
    keep(priyas, form_url, {**note, "words": WORDS + " More.", "_key": second, "_kept": first})
    assert [str(draft.about_id) for draft in kept_of(priya)] == [second]

    keep(priyas, form_url, {**note, "_key": first})
    keep(priyas, form_url, {**note, "words": "The last.", "_key": second, "_kept": first})
    assert {str(draft.about_id) for draft in kept_of(priya)} == {first, second}, "the other window is still open"


def test_what_was_sent_does_not_come_back_from_any_window_or_session(
    priya, priyas, note, form_url, django_capture_on_commit_callbacks
):
    note["_key"] = str(uuid4())
    keep(priyas, form_url, note)
    with django_capture_on_commit_callbacks(execute=True):
        assert priyas.post(form_url, note).status_code == 302

    for browser in (priyas, signed_in(User.objects.get(pk=priya.id))):
        assert keep(browser, form_url, note).json()["sent"]
    assert kept_of(priya) == []


def test_a_form_that_could_not_be_taken_is_still_kept(
    priya, priyas, note, form_url, django_capture_on_commit_callbacks
):
    note |= {"_key": str(uuid4()), "words": ""}
    keep(priyas, form_url, note)
    with django_capture_on_commit_callbacks(execute=True):
        assert priyas.post(form_url, note).status_code == 422

    assert len(kept_of(priya)) == 1


def test_keeping_goes_on_while_the_screen_is_locked_and_is_no_sign_that_somebody_is_there(
    priya, priyas, note, form_url
):
    session = priyas.session
    session[ACTIVE] -= 60
    session.save()
    keep(priyas, form_url, note)
    assert priyas.session[ACTIVE] == session[ACTIVE]
    lock(priyas)

    assert "Nothing is sent yet" in keep(priyas, form_url, note).json()["said"]
    assert priyas.session[IS_LOCKED]
    assert priyas.post("/kept-typing/find", {"_at": form_url}).status_code == 302


def test_signed_out_nothing_is_kept(priya, priyas, note, form_url):
    priyas.post("/accounts/logout/")

    assert keep(priyas, form_url, note).url.startswith("/accounts/login/")
    assert kept_of(priya) == []


@pytest.mark.parametrize(
    "where",
    ["/accounts/password/change/", "https://elsewhere.example/home", "//elsewhere.example/home", "/nowhere", "home",
     "/eastmere/", ""],
)  # fmt: skip
def test_only_pages_of_ours_without_passwords_are_kept(priya, priyas, note, where):
    assert keep(priyas, where, note).status_code == 422
    assert kept_of(priya) == []


def test_one_account_cannot_fill_the_disk(priya, priyas, note, form_url, monkeypatch):
    assert "too much text" in keep(priyas, form_url, {**note, "words": "a" * 300_000}).json()["said"]
    monkeypatch.setattr("haven.casework.drafts.typing.MOST", 2)
    said = [keep(priyas, form_url, {**note, "_key": str(uuid4())}).json()["said"] for _ in range(3)]

    assert "too many forms" in said[2]
    assert len(kept_of(priya)) == 2


def test_my_work_lists_it_by_page_and_reference_and_never_by_a_name(priya, priyas, note, form_url, case):
    assert "What you typed and have not sent" not in priyas.get("/home").content.decode()
    keep(priyas, form_url, note)

    page = priyas.get("/home").content.decode()
    listed = page[page.index("What you typed and have not sent") :]
    assert "Add case note" in listed and case.reference in listed
    assert "Joan" not in listed and "Whitlock" not in listed and WORDS not in listed

    priyas.post(f"/kept-typing/{kept_of(priya)[0].pk}/throw-away")
    assert "What you typed and have not sent" not in priyas.get("/home").content.decode()


def test_of_a_case_that_is_no_longer_open_to_its_author_the_list_says_nothing(priya, priyas, note, form_url, case):
    keep(priyas, form_url, note)
    Case.objects.filter(pk=case.pk).update(restriction="sealed", worker=None)
    CaseRelationship.objects.filter(case=case, user_id=priya.id).delete()

    page = priyas.get("/home").content.decode()
    assert "On a page that is no longer open to you" in page
    assert case.reference not in page and "Add case note" not in page
    priyas.post(f"/kept-typing/{kept_of(priya)[0].pk}/open")
    answer = priyas.get(form_url)
    assert answer.status_code == 404 and WORDS not in answer.content.decode()
    assert len(kept_of(priya)) == 1, "the words are still its author's, to throw away"


def test_a_page_of_which_nothing_is_kept_asks_the_database_no_more(priya, priyas, note, form_url):
    priyas.get(form_url)
    with CaptureQueriesContext(connection) as asked:
        priyas.get(form_url)

    assert not [query for query in asked if "drafts_draft" in query["sql"]]


def test_a_form_kept_before_a_colleague_changed_the_record_still_carries_its_version(priya, priyas, note, form_url):
    keep(priyas, form_url, {**note, "_version": "7"})
    priyas.post(f"/kept-typing/{kept_of(priya)[0].pk}/open")

    assert 'name="_version" value="7"' in priyas.get(form_url).content.decode()
