"""One concern in a browser: Tom tells us, Amara looks, Desmond decides, Priya enquires with Joan, Desmond closes.

On the way it counts the answers each page asks for that are not known yet: the budgets of practice PR-16.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Enquiry, Feedback
from haven.project.testing.people import signed_in

WORRY = "Her nephew shouts at her and keeps her pension card."
FIRST_LOOK, NOT_AN_ENQUIRY, SHORT_ENQUIRY, CLOSING = 3, 8, 15, 5
"""The most answers a page may ask for that are not known already (PR-16)."""

ASKED = """
(root) => {
    const seen = (element) => element.offsetParent !== null || element.type === "radio" || element.type === "checkbox";
    const optional = (element) => /\\(optional\\)|\\(if you wish\\)/.test(
        (element.closest("fieldset") || element.closest(".govuk-form-group") || element).innerText || "");
    const groups = new Map();
    for (const element of document.querySelectorAll(`${root} input, ${root} textarea, ${root} select`)) {
        const closed = element.closest(".govuk-radios__conditional--hidden, .govuk-checkboxes__conditional--hidden");
        if (element.type === "hidden" || element.type === "checkbox" || closed || !element.name) continue;
        const name = element.name.replace(/-(day|month|year|time)$/, "");
        const given = element.type === "radio" ? element.checked : element.value.trim() !== "";
        const group = groups.get(name) || {given: false, shown: false, optional: optional(element)};
        groups.set(name, {...group, given: group.given || given, shown: group.shown || seen(element)});
    }
    return [...groups].filter(([, group]) => group.shown && !group.given && !group.optional).map(([name]) => name);
}
"""


def unanswered(page: Page, within: str = "main form") -> list[str]:
    """The questions a person sees that nothing answers yet and that are not optional."""
    found: list[str] = page.evaluate(ASKED, within)
    return found


@pytest.fixture
def as_(page: Page, site: str) -> Callable[[Actor], None]:
    """Sit down at the desk as somebody else."""

    def sit_down(actor: Actor) -> None:
        client = signed_in(User.objects.get(pk=actor.id))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])

    return sit_down


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()


def answer(page: Page, question: str, words: str) -> None:
    """Tick the choice under a question."""
    page.get_by_role("group", name=question).get_by_label(words, exact=True).first.check()


def give(page: Page, name: str, value: str) -> None:
    """Choose in a list, also where a script has made it one to type in."""
    page.locator(f"select[name={name}]").select_option(value, force=True)


def tell_us(page: Page) -> None:
    """Tom, who lives next door, fills in the public form."""
    page.goto("/eastmere/tell-us/words/")
    page.get_by_label("Tell us what is worrying you").fill(WORRY)
    for _ in range(14):
        if page.get_by_role("button", name="Send", exact=True).count():
            break
        if page.get_by_label("Where are they now?").count():
            page.get_by_label("First name").fill("Joan")
            page.get_by_label("Last name").fill("Whitlock")
            page.get_by_label("Where are they now?").fill("4 Almond Row")
        if page.get_by_label("E-mail me").count():
            page.get_by_label("E-mail me").check()
            page.get_by_label("Your name").fill("Tom Baker")
            page.get_by_label("Your e-mail address").fill("tom@example.org")
        press(page, "Continue")
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have received it.")


def take_on(page: Page) -> None:
    """Amara finds it waiting, looks, and takes it on."""
    page.goto("/duty")
    follow(page, page.locator("main a[href^='/reports/C-']").first.inner_text())
    assert len(unanswered(page, "#first-look form")) <= FIRST_LOOK
    page.locator("input[name=safe_tonight][value=yes]").check()
    page.locator("input[name=urgency][value=today]").check()
    page.get_by_label("What I did").fill("Rang Tom. Joan is at home and Kevin is at work until six.")
    press(page, "Save first look")
    press(page, "Take on as a concern")
    page.get_by_label("Nobody we know: make a new record").check()
    page.locator("main form button[type=submit]").first.click()


def allocated(page: Page, reference: str, worker: Actor, manager: Actor) -> None:
    page.goto(f"/adults/{reference}/allocate-concern/")
    give(page, "worker", str(worker.id))
    give(page, "manager", str(manager.id))
    press(page, "Allocate")


def decide(page: Page, reference: str) -> None:
    """Desmond hears that nobody has reached Joan, weighs the three parts, reads the draft and decides."""
    page.goto(f"/adults/{reference}/decide-concern/")
    known = [name for name in unanswered(page) if name not in ("outcome", "reasons", "children")]
    assert len([*known, "destination"]) <= NOT_AN_ENQUIRY, known
    answer(page, "Have you heard the adult?", "We have not reached them")
    if page.get_by_text("were children’s services (MASH) told?").count():
        page.get_by_label("They need not be told").check()
        page.get_by_label("Because", exact=True).fill("No child lives there or visits.")
    reasons = {"needs": "A carer each morning.", "abuse": "He keeps her card.", "protect": "She fears him."}
    for limb, why in reasons.items():
        page.locator(f"input[name={limb}][value=yes]").check()
        page.locator(f"textarea[name={limb}_reasons]").fill(why)
    press(page, "Draft the outcome and reasons")
    expect(page.get_by_label("Your reasons")).to_have_value(re.compile("He keeps her card"))
    expect(page.get_by_label("Section 42 enquiry", exact=True)).to_be_checked()
    assert unanswered(page) == []
    press(page, "Save this decision")
    expect(page.get_by_text("Decided.")).to_be_visible()


def enquire(page: Page, reference: str) -> None:
    """Priya visits Joan, and writes the whole short enquiry on one page."""
    page.goto(f"/adults/{reference}/conclude-short-enquiry/")
    asked = [name for name in unanswered(page) if not re.match(r"(wish|adult|worker)_[23]", name)]
    page.get_by_label("Visit", exact=True).check()
    page.get_by_label("What they said, in their own words").fill("He is a good boy, but the card is mine.")
    page.get_by_label("No reason to doubt it").check()
    page.locator("input[name=under_pressure][value=yes]").check()
    page.get_by_label("Yes, they can take part without substantial difficulty").check()
    page.get_by_label("Asked, and outcomes expressed").check()
    page.get_by_label("What they want, 1").fill("My pension is mine.")
    give(page, "adult_1", "fully")
    give(page, "worker_1", "fully")
    page.locator("input[name=assessment][value=identified_action]").check()
    page.locator("input[name=outcome][value=reduced]").check()
    page.get_by_label("What you found, and what was done").fill("The bank has a new card for her alone.")
    page.get_by_label("What did the enquiry conclude?").fill("Her money is safe.")
    revealed = ["wish_1", "adult_1", "worker_1", "outcome"]
    assert len({*asked, *revealed}) <= SHORT_ENQUIRY, asked
    press(page, "Send it to be authorised")


def settle(page: Page, reference: str) -> None:
    """Desmond authorises, and settles from one page what is still missing."""
    page.goto(f"/adults/{reference}/authorise-conclusion/")
    expect(page.get_by_text("“My pension is mine.”").first).to_be_visible()
    page.get_by_label("Your reasons").fill("Joan’s own words lead it.")
    press(page, "Authorise")
    expect(page.get_by_role("heading", level=1)).to_have_text("Closing: what is still missing")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("In person", exact=True).check()
    press(page, "Save")
    follow(page, page.locator("#gap-feedback ~ ul a").first.inner_text())
    assert unanswered(page) == []
    press(page, "Send")
    left = unanswered(page)
    assert left == ["reasons"] and len(["told", "how", *left]) <= CLOSING
    page.get_by_label("Why may this case be closed?").fill("She is safe, and knows how to come back.")
    press(page, "Close the case")
    expect(page.get_by_text("Case closed.")).to_be_visible()


@pytest.mark.usefixtures("teams")
def test_a_concern_is_lived_from_the_public_form_to_the_figures(
    page: Page, as_: Any, authority: Any, amara: Actor, desmond: Actor, priya: Actor, barriers: Any
) -> None:
    page.set_default_timeout(10_000)
    tell_us(page)
    as_(amara)
    take_on(page)
    with transaction.atomic():
        wall.open_to_all()
        reference = Case.objects.get().reference
    allocated(page, reference, priya, desmond)
    as_(desmond)
    decide(page, reference)
    page.goto(f"/adults/{reference}/allocate-enquiry/")
    give(page, "officer", str(priya.id))
    press(page, "Allocate")
    as_(priya)
    enquire(page, reference)
    as_(desmond)
    settle(page, reference)

    page.goto(f"/cases/{reference}/")
    assert barriers(page) == []
    today = day_of(timezone.now())
    page.goto(f"/figures?from={today - timedelta(days=30)}&to={today}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Figures")
    with transaction.atomic():
        wall.open_to_all()
        assert Case.objects.get().stage == "closed"
        assert Enquiry.objects.get().achieved == "fully" and Feedback.objects.get().level == "receipt"
    said = page.inner_text("main")
    assert re.search(r"1\s+Met for an enquiry\s+1\s+Section 42\s+1\s+Risk identified\s+1\s+Reduced", said), said[:800]
    page.locator("main a[href*='/figures/']").first.click()
    expect(page.get_by_text(reference).first).to_be_visible()
