"""Coming in, and the lock, in a browser: from the link in a mail to the first page, by app and by passkey."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from haven.casework.access import wall
from haven.casework.access.models import Authority, User
from haven.casework.access.operations.invitations import invite
from haven.casework.access.standing import ACTIVE
from haven.casework.deliveries.models import Delivery
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import MARK
from haven.project.testing.people import actor_of_user, make_user, signed_in
from haven.project.testing.signing_in import PASSWORD, App, passkeys_in, with_password_and_app

WORDS = "She told me on the stairs that he takes her pension."


@pytest.fixture
def link(authority: Authority, own_database: str) -> str:
    """The address in the mail of an invitation."""
    linh = actor_of_user(make_user("Linh Vi", authority, "authority_administrator"))
    with transaction.atomic():
        wall.open_to_all()
        roles = ["duty_officer"]
        invite(authority, email="new@example.org", name="Noor Proefman", roles=roles, by=linh, at=timezone.now())
    return re.findall(r"/accounts/invitation/\S+", Delivery.objects.get().body)[0]


def choose_password(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Go on to the second step").click()
    expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()


def sign_in_with_password(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_invitation_leads_to_a_password_an_app_and_the_first_page(
    page: Page, link: str, barriers: Callable[[Page], list[Any]]
) -> None:
    choose_password(page, link)
    assert barriers(page) == []
    page.get_by_role("button", name="Use an authenticator app").click()
    secret = page.locator(".hv-account__key").inner_text()
    app = App(secret)
    page.get_by_label("Authenticator code").fill(app.code())
    page.get_by_role("button", name="Turn it on").click()

    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="I have kept them: go on").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    sign_in_with_password(page, "new@example.org")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def test_a_passkey_is_set_up_and_signs_in_by_itself_and_proves_again(
    page: Page, link: str, barriers: Callable[[Page], list[Any]]
) -> None:
    with passkeys_in(page):
        choose_password(page, link)
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_label("What to call it").fill("My laptop")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        page.get_by_role("button", name="I have kept them: go on").click()
        page.get_by_role("button", name="Sign out").click()

        page.goto("/accounts/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="My work")).to_be_visible()

        age_proof("new@example.org")
        page.goto("/accounts/2fa/webauthn/")
        assert barriers(page) == []
        page.get_by_role("link", name="Remove My laptop").click()
        expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
        page.get_by_role("link", name="Use a passkey").click()
        assert barriers(page) == []
        page.get_by_role("button", name="Use a passkey or security key").click()
        expect(page).to_have_url(re.compile("/keys/.*/remove/"))
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("This is your only second step")).to_be_visible()


def age_proof(email: str) -> None:
    """Let what was proved in this person's sessions be an hour old."""
    for session in Session.objects.all():
        data = session.get_decoded()
        if str(User.objects.get(email=email).pk) == data.get("_auth_user_id"):
            for record in data["account_authentication_methods"]:
                record["at"] -= 3600
            save(session, data)


def save(session: Session, data: dict[str, Any]) -> None:
    session.session_data = Session.get_session_store_class()().encode(data)
    session.save()


def walk_away(minutes: float) -> None:
    """Let nobody have been there for so long, in every session."""
    for session in Session.objects.all():
        data = session.get_decoded()
        if ACTIVE in data:
            data[ACTIVE] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
            save(session, data)


@pytest.fixture
def at_desk(page: Page, site: str, priya: Any, case: Any) -> App:
    """Priya, at a form of Joan's case, having typed."""
    app = with_password_and_app(priya.id)
    browser = signed_in(User.objects.get(pk=priya.id))
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page.goto(reverse("add-case-note", args=[case.reference]))
    page.get_by_label("How").select_option("visit")
    page.get_by_label("What happened").fill(WORDS)
    return app


def go_idle(page: Page, minutes: float) -> None:
    """The page's own clock runs out: it asks the server how long is left."""
    walk_away(minutes)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_screen_locks_in_place_and_the_typing_is_there_again_after_a_password_and_a_code(
    page: Page, at_desk: App, barriers: Callable[[Page], list[Any]]
) -> None:
    go_idle(page, 16)
    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()
    assert barriers(page) == []
    assert WORDS not in page.inner_text("body") and "Joan" not in page.inner_text("body")
    assert not page.get_by_label("What happened").is_visible()
    assert page.title().startswith("Locked")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()

    page.get_by_role("textbox", name="Password").fill("not mine")
    page.get_by_label("Code from your authenticator app").fill(at_desk.code())
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_text("The password or the code is wrong")).to_be_visible()

    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_label("Code from your authenticator app").fill(at_desk.code())
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_label("What happened")).to_have_value(WORDS)

    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_text("Note added.")).to_be_visible()


def test_a_passkey_unlocks_without_leaving_the_page(page: Page, at_desk: App) -> None:
    with passkeys_in(page):
        add_passkey(page, at_desk)
        page.get_by_label("What happened").fill(WORDS)
        go_idle(page, 16)
        page.get_by_role("button", name="Unlock with a passkey").click()
        expect(page.get_by_label("What happened")).to_have_value(WORDS)
        expect(page.get_by_role("heading", name="The screen is locked")).not_to_be_visible()


def add_passkey(page: Page, app: App) -> None:
    """Set one up, and come back to the form."""
    here = page.url
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name=re.compile("second step|recovery codes", re.IGNORECASE))).to_be_visible()
    page.goto(here)


def test_two_minutes_before_a_warning_is_announced_and_one_press_stays(
    page: Page, at_desk: App, barriers: Callable[[Page], list[Any]]
) -> None:
    warning = page.get_by_role("status").filter(has_text="The screen locks in two minutes")
    expect(warning).not_to_be_visible()
    go_idle(page, 13.5)
    expect(warning).to_be_visible()
    assert barriers(page) == []

    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).not_to_be_visible()
    assert page.evaluate("fetch('/accounts/screen/').then((r) => r.json()).then((d) => d.left)") > 800


def test_the_screen_can_be_locked_at_once_and_then_other_windows_are_locked_too(page: Page, at_desk: App) -> None:
    with page.expect_response(re.compile("/accounts/screen/")):
        page.get_by_role("button", name="Lock the screen").click()
    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()

    other = page.context.new_page()
    other.goto("/home")
    expect(other.get_by_role("heading", name="The screen is locked")).to_be_visible()


def test_somebody_else_who_signs_in_in_another_window_finds_nothing_of_it(
    page: Page, at_desk: App, desmond: Any
) -> None:
    app = with_password_and_app(desmond.id)
    go_idle(page, 16)
    other = page.context.new_page()
    other.goto("/home")
    other.get_by_role("button", name="Not you? Sign out").click()
    sign_in_with_password(other, "desmond@example.org")
    other.get_by_label("Code").fill(app.code())
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", name="My work")).to_be_visible()

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url(re.compile("/home$"))
    assert WORDS not in page.content()


def test_without_script_what_was_typed_comes_back_after_unlocking(
    page_without_script: Page, site: str, priya: Any, case: Any
) -> None:
    page, app = page_without_script, with_password_and_app(priya.id)
    cookie = signed_in(User.objects.get(pk=priya.id)).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page.goto(reverse("add-case-note", args=[case.reference]))
    page.get_by_label("How").select_option("visit")
    page.get_by_label("What happened").fill(WORDS)
    walk_away(16)
    page.get_by_role("button", name="Add the note").click()

    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Code from your authenticator app").fill(app.code())
    page.get_by_role("button", name="Unlock", exact=True).click()

    expect(page.get_by_label("What happened")).to_have_value(WORDS)
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_text("Note added.")).to_be_visible()
    assert not Draft.objects.filter(form__startswith=MARK).exists()


def test_somebody_suspended_asks_and_is_let_in(
    page: Page, amara: Any, desmond: Any, barriers: Callable[[Page], list[Any]]
) -> None:
    app = with_password_and_app(amara.id)
    User.objects.filter(pk=amara.id).update(suspended_at=timezone.now())
    sign_in_with_password(page, "amara@example.org")
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", name="Your account is suspended")).to_be_visible()
    page.get_by_role("button", name="Ask to be let back in").click()
    expect(page.get_by_text("Tell a manager")).to_be_visible()
    assert barriers(page) == []

    signed_in(User.objects.get(pk=desmond.id)).post(reverse("restore-account", args=[amara.id]))
    page.get_by_role("button", name="See whether I am let in").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
