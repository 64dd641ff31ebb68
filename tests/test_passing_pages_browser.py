"""Pages that are there for a moment only, or under a condition: as free of barriers as those that always stand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from giving import given_of
from playwright.sync_api import Page

from haven.casework.access import wall
from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.people.protection import record_address
from haven.casework.watch.models import Alert
from haven.casework.watch.tests.looks import looked, seen_in
from haven.project.testing.people import actor_of_user, make_user, signed_in
from haven.project.testing.signing_in import with_password_and_app

Barriers = Callable[[Page], list[dict[str, Any]]]
WIDTHS = ((1366, 768), (390, 844))
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html")


@pytest.fixture
def as_somebody(page: Page, site: str) -> Callable[[Actor], Page]:
    """The browser of somebody who has just proved that it is them."""

    def signed_in_as(actor: Actor) -> Page:
        browser = signed_in(User.objects.get(pk=actor.user_id), proved_at=timezone.now())
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return signed_in_as


def faults(page: Page, barriers: Barriers) -> list[Any]:
    """What is in somebody's way at both widths, and whether it is wider than the screen."""
    found: list[Any] = []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        found += barriers(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width}")
    return found


def test_opening_in_an_emergency_and_what_is_wrong_with_it(
    as_somebody: Any, barriers: Barriers, case: Case, other_team_worker: Actor
) -> None:
    page = as_somebody(other_team_worker)
    page.goto("/emergency")
    assert faults(page, barriers) == []
    page.get_by_role("button", name="Open the case").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert faults(page, barriers) == []

    page.get_by_label("Reference of the case").fill(case.reference)
    page.get_by_label("Somebody is in immediate danger").check()
    page.get_by_label("In a few words").fill("Shouting next door.")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_text("Opened in an emergency").first.wait_for()
    assert faults(page, barriers) == []


def test_what_is_protected_while_it_is_shown(as_somebody: Any, barriers: Barriers, case: Case, priya: Actor) -> None:
    given = {"lines": "7 Fable Mews", "postcode": "ZZ9 9ZZ", "source": "Joan", "protected": True}
    with transaction.atomic():
        wall.open_to_all()
        record_address(case, person=case.person, **given, by=priya, at=timezone.now())
    page = as_somebody(priya)
    page.goto(reverse("person", args=[case.person_id]))
    page.get_by_role("button", name="To visit").click()
    page.get_by_text("7 Fable Mews").first.wait_for()
    assert faults(page, barriers) == []

    page.goto(reverse("visit-sheet", args=[case.reference]))
    page.get_by_role("button", name="Show what is protected, to print").click()
    page.get_by_text("7 Fable Mews").first.wait_for()
    assert faults(page, barriers) == []


def test_an_alert_of_the_watch_in_the_queue_explained_and_decided(
    as_somebody: Any, barriers: Barriers, authority: Authority, case: Case, other_team_worker: Actor
) -> None:
    samira = actor_of_user(make_user("Samira Mithal", authority, "information_governance_officer"))
    with transaction.atomic():
        wall.open_to_all()
        at = timezone.now() - timedelta(minutes=5)
        [alert] = seen_in(looked(other_team_worker, "case", case, case.person, at=at))
    page = as_somebody(samira)
    for address in (
        "/guardian",
        reverse("decide-alert", args=[alert.pk]),
        reverse("person-looks", args=[case.person_id]),
    ):
        page.goto(address)
        assert faults(page, barriers) == [], address
    page.goto(reverse("decide-alert", args=[alert.pk]))
    page.get_by_label("Your reasons").fill("She covers for a colleague.")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert faults(page, barriers) == []
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("heading", name="What waits for the guardian").wait_for()

    assert Alert.objects.get().decided_at is not None
    for address in ("/guardian", "/guardian/decided", reverse("decide-alert", args=[alert.pk])):
        page.goto(address)
        assert faults(page, barriers) == [], address


def test_what_waits_for_a_second_person(
    as_somebody: Any, barriers: Barriers, case: Case, desmond: Actor, grace: Actor, settings: Any, tmp_path: Any
) -> None:
    settings.HAVEN_FILES = tmp_path
    with transaction.atomic():
        wall.open_to_all()
        given = given_of(case, desmond)
    page = as_somebody(grace)
    page.goto("/approvals")
    assert faults(page, barriers) == []
    page.get_by_role("link", name="Goes to several people").first.click()
    assert faults(page, barriers) == []
    for name, key in (("pack", "pack"), ("redacted-copy", "copy"), ("writing", "writing")):
        page.goto(reverse(name, args=[case.reference, given[key].pk]))
        assert faults(page, barriers) == [], name


def test_a_new_password_by_the_link_of_a_mail(page: Page, barriers: Barriers, priya: Actor) -> None:
    with_password_and_app(priya.id)
    user = User.objects.get(pk=priya.id)
    key = default_token_generator.make_token(user)
    given = {"uidb36": user_pk_to_url_str(user), "key": key}
    page.goto(reverse("account_reset_password_from_key", kwargs=given))
    assert page.get_by_role("heading", name="Choose a new password").is_visible()
    assert page.locator("input[type=password]").count() == 2
    assert faults(page, barriers) == []
    page.goto(reverse("account_reset_password_from_key", kwargs={**given, "key": "spent-already"}))
    assert faults(page, barriers) == []


def test_an_account_without_a_password_sets_one(as_somebody: Any, barriers: Barriers, priya: Actor) -> None:
    with_password_and_app(priya.id)
    page = as_somebody(priya)
    User.objects.filter(pk=priya.id).update(password="!none")
    answer = page.goto("/accounts/password/set/")
    assert answer.status == 200 and answer.url.endswith("/password/set/")
    assert faults(page, barriers) == []


def test_renaming_and_removing_a_passkey(as_somebody: Any, barriers: Barriers, priya: Actor) -> None:
    with_password_and_app(priya.id)
    key = {"name": "My laptop", "credential": {}}
    passkey = Authenticator.objects.create(user_id=priya.id, type=Authenticator.Type.WEBAUTHN, data=key)
    page = as_somebody(priya)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        answer = page.goto(reverse(name, args=[passkey.pk]))
        assert answer.status == 200
        assert faults(page, barriers) == [], name


@pytest.mark.parametrize("template", ERRORS)
def test_a_page_that_says_what_went_wrong(template: str, page: Page, barriers: Barriers) -> None:
    page.goto("/no-such-page")
    page.set_content(render_to_string(template))

    assert page.get_by_role("heading", level=1).count() == 1
    assert faults(page, barriers) == []
