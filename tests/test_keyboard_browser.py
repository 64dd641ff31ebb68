"""Every journey of Trust by keyboard alone: nothing here is clicked, and nothing is filled but by keys (WCAG 2.1.1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from giving import given_of
from playwright.sync_api import Page, expect

from haven.casework.access import wall
from haven.casework.access.models import Authority, Conflict, User
from haven.casework.cases.models import Case
from haven.casework.deliveries.leaving import Outgoing
from haven.casework.deliveries.models import Release
from haven.casework.deliveries.release import ask_for_release
from haven.casework.disclosure.making import make_redacted
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.disclosure.pack_making import make_pack
from haven.casework.letters.models import Approval
from haven.casework.operations.actor import Actor
from haven.casework.people.models import ProtectedValue
from haven.casework.people.protection import record_address
from haven.casework.watch.break_glass import open_in_emergency
from haven.casework.watch.models import Alert
from haven.casework.watch.openings import EmergencyOpening
from haven.project.testing.keyboard import Keyboard
from haven.project.testing.people import actor_of_user, make_user, signed_in
from haven.project.testing.signing_in import with_password_and_app

REFUGE = "7 Fable Mews"


@pytest.fixture
def at_keyboard(page: Page, site: str, case: Case) -> Callable[[Actor, str], Keyboard]:
    """Somebody sits down at a page and has no mouse."""

    def sit_down(actor: Actor, path: str) -> Keyboard:
        page.context.clear_cookies()
        cookie = signed_in(User.objects.get(pk=actor.user_id)).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        page.goto(path)
        return Keyboard(page)

    return sit_down


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Mithal", authority, "information_governance_officer"))


def acting(actor: Actor) -> dict[str, Any]:
    return {"by": actor, "at": timezone.now()}


def protect(case: Case, by: Actor) -> ProtectedValue:
    """Joan's refuge."""
    given = {"lines": REFUGE, "postcode": "ZZ9 9ZZ", "source": "Joan", "protected": True}
    with transaction.atomic():
        wall.open_to_all()
        made = record_address(case, person=case.person, **given, **acting(by))
    assert made.protected_value is not None
    return made.protected_value


def test_a_case_is_opened_in_an_emergency(
    at_keyboard: Any, page: Page, case: Case, other_team_worker: Actor, samira: Actor
) -> None:
    app = with_password_and_app(other_team_worker.id)
    hands = at_keyboard(other_team_worker, "/home")
    hands.follow("Open in an emergency")
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    hands.type("Code", app.code())
    hands.press("Continue")

    hands.type("Reference of the case", case.reference)
    hands.choose("Somebody is in immediate danger")
    hands.type("In a few words", "Shouting next door.")
    hands.choose("1 h")
    hands.press("Open the case")

    expect(page.get_by_role("heading", name="Joan").first).to_be_visible()
    assert EmergencyOpening.objects.get().words == "Shouting next door."
    assert Alert.objects.filter(kind="break_glass").count() == 1


def test_a_case_is_sealed(at_keyboard: Any, page: Page, case: Case, desmond: Actor) -> None:
    hands = at_keyboard(desmond, reverse("case", args=[case.reference]))
    hands.follow("Who may read this, and why")
    hands.press("Keep it to named people")
    again = timezone.now() + timedelta(days=20)
    hands.choose("Sealed: named people only; no emergency opens it")
    hands.choose("A councillor, or a relative of one")
    hands.type("Your reasons", "Her niece is a councillor.")
    hands.pick("Who keeps it?", "Desmond")
    hands.day(str(again.day), str(again.month), str(again.year))
    hands.press("Keep it to them")

    expect(page.get_by_text("Kept to the people you named")).to_be_visible()
    assert Case.objects.get(pk=case.pk).restriction == "sealed"


def test_a_conflict_of_interest_is_declared(at_keyboard: Any, page: Page, case: Case, priya: Actor) -> None:
    hands = at_keyboard(priya, reverse("case", args=[case.reference]))
    hands.press("I know this person")
    hands.press("We are related")

    expect(page).not_to_have_url(f"/cases/{case.reference}/")
    assert Conflict.objects.get().ground == "related"
    assert Case.objects.get(pk=case.pk).worker is None


def test_an_alert_is_decided(at_keyboard: Any, page: Page, case: Case, other_team_worker: Actor, samira: Actor) -> None:
    with transaction.atomic():
        wall.open_to_all()
        open_in_emergency(case, reason="other", words="Her gas was left on.", **acting(other_team_worker))
    hands = at_keyboard(samira, "/home")
    hands.follow("Guardian")
    hands.follow("A case opened in an emergency")
    hands.choose("Explained: the look was part of their work")
    hands.type("Your reasons", "The gas board rang; the time fits.")
    hands.press("Decide")

    expect(page.get_by_role("heading", name="What waits for the guardian")).to_be_visible()
    assert Alert.objects.get().outcome == "explained"


def test_a_protected_address_is_revealed(at_keyboard: Any, page: Page, case: Case, priya: Actor) -> None:
    protect(case, priya)
    hands = at_keyboard(priya, reverse("person", args=[case.person_id]))
    assert REFUGE not in page.content()
    hands.press("To visit")

    expect(page.get_by_text(REFUGE).first).to_be_visible()


def test_a_message_is_released_by_two_people(
    at_keyboard: Any, page: Page, case: Case, priya: Actor, desmond: Actor, grace: Actor
) -> None:
    protect(case, priya)
    item = Outgoing("letter", "1 Court Street", "Papers", f"She lives at {REFUGE}.", case.authority_id, case)
    with transaction.atomic():
        wall.open_to_all()
        ask_for_release(case, item=item, kinds=["address"], **acting(priya))
    for somebody in (desmond, grace):
        hands = at_keyboard(somebody, "/home")
        hands.follow("To release")
        hands.follow(case.reference)
        hands.choose("Let exactly these words go")
        hands.type("Your reasons", "The court orders it.")
        hands.press("Record")
        expect(page.get_by_role("heading", name="Waiting to be released")).to_be_visible()

    asked = Release.objects.get()
    assert (asked.first_by_id, asked.second_by_id) == (desmond.id, grace.id)


@pytest.fixture
def given(case: Case, priya: Actor, settings: Any, tmp_path: Any) -> dict[str, Any]:
    """A letter for two that waits for approval, a document being redacted and a pack begun, all Priya's."""
    settings.HAVEN_FILES = tmp_path
    desmond = actor_of_user(User.objects.get(pk=case.manager_id))
    with transaction.atomic():
        wall.open_to_all()
        return given_of(case, desmond)


def test_the_very_bytes_are_approved(at_keyboard: Any, page: Page, given: dict[str, Any], grace: Actor) -> None:
    hands = at_keyboard(grace, "/home")
    hands.follow("To approve")
    hands.follow("Goes to several people")
    hands.choose("Approved")
    hands.press("Answer")

    expect(page.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    assert Approval.objects.filter(outcome="approved").count() == 1


def approve_everything(hands: Keyboard, page: Page) -> None:
    """What waits for a second person, one after the other."""
    while page.get_by_role("main").get_by_role("link").count():
        hands.reach(page.get_by_role("main").get_by_role("link").first)
        page.keyboard.press("Enter")
        hands.choose("Approved")
        hands.press("Answer")
        expect(page.get_by_role("heading", name="Waits for a second person")).to_be_visible()


def test_a_document_is_redacted_and_a_disclosure_is_given(
    at_keyboard: Any, page: Page, given: dict[str, Any], desmond: Actor, grace: Actor
) -> None:
    case = given["case"]
    hands = at_keyboard(desmond, reverse("case", args=[case.reference]))
    hands.follow("Documents and redaction")
    hands.follow("Being marked")
    hands.type("Words to take out", "Friday")
    hands.press("Mark these words")
    hands.press("Make and check the copy")
    page.get_by_role("link", name="Look again").wait_for()
    make_redacted(given["copy"].pk, timezone.now())
    assert RedactedCopy.objects.get().state == "made"
    approve_everything(at_keyboard(grace, "/approvals"), page)

    hands = at_keyboard(desmond, reverse("disclosure", args=[case.reference]))
    hands.follow("The adult")
    for item in list(given["pack"].items.order_by("dated_at", "id")):
        hands.reach(page.locator(f'a[href$="/items/{item.pk}"]'))
        page.keyboard.press("Enter")
        hands.choose("Include" if item.kind != "document" else "Hold back")
        if item.kind == "document":
            hands.reach(page.get_by_label("The law it rests on (optional)"))
            page.keyboard.type("Legal")
        else:
            hands.type("Your reasons, in words (optional)", "It is about herself.")
        hands.press("Keep this answer")
        expect(page.get_by_role("heading", name="Pack")).to_be_visible()
    hands.press("Make the pack")
    page.get_by_text("The pack is being made.").wait_for()
    make_pack(given["pack"].pk, timezone.now())
    approve_everything(at_keyboard(grace, "/approvals"), page)

    hands = at_keyboard(desmond, reverse("pack", args=[case.reference, given["pack"].pk]))
    with page.expect_download() as saved:
        hands.press("Give the pack: save the PDF")
    assert saved.value.suggested_filename.endswith(".pdf")
    assert DisclosurePack.objects.get().given_at is not None
