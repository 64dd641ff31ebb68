"""The pages from which something is given to people outside, as a worker goes through them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.models import Authority
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.disclosure.making import make_redacted
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.disclosure.pack_making import make_pack
from haven.casework.documents.models import Document, Excerpt
from haven.casework.letters.models import Approval, Writing
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.lib.paper.making import Section, text_pdf
from haven.lib.redacting.tests.files import a_photograph
from haven.project.testing.people import FRIDAY, SignedIn, actor_of_user, make_user

SignIn = Callable[[Actor], SignedIn]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.HAVEN_FILES = tmp_path
    return tmp_path


@pytest.fixture
def samira(authority: Authority) -> Actor:
    return actor_of_user(make_user("Samira Mithal", authority, "information_governance_officer"))


@pytest.fixture
def with_kevin(case: Case, kevin: Person) -> Case:
    involve(case, role="alleged_source", person=kevin, at=FRIDAY, standing="alleged")
    return case


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(name, args=[case.reference, *args])


def sent(browser: SignedIn, url: str, **data: Any) -> str:
    """Posts, and where it led; the page's own words where it was asked again."""
    answer = browser.post(url, data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_summary_goes_from_the_first_word_to_two_letters(
    with_kevin: Case, joan: Person, priya: Actor, desmond: Actor, sign_in: SignIn
) -> None:
    browser, case = sign_in(priya), with_kevin
    there = sent(browser, at("share", case), kind="summary")
    writing = Writing.objects.get()
    part = {"level": "receipt", "restriction": "open"}
    sent(browser, at("write-part", case, writing.pk), text="We are making enquiries.", **part)
    sent(
        browser,
        at("write-part", case, writing.pk),
        heading="Found",
        text="Joan is safe.",
        about=[str(joan.pk)],
        level="outcome",
        restriction="open",
    )
    add = at("add-recipient", case, writing.pk)
    sent(browser, add, kind="agency", name="Police", level="outcome", channel="email", address="p@example.org")
    sent(browser, add, kind="other", name="Landlord", level="receipt", channel="hand")

    page = browser.get(there).content.decode()
    assert "Police" in page and "Landlord" in page and "they may not be told that much" in page
    assert page.count("Joan is safe.") == 2, "in the part, and in the letter of the police"
    sent(browser, at("make-renditions", case, writing.pk))
    refused = browser.post(at("send-renditions", case, writing.pk), follow=True).content.decode()
    assert "still waits for a second person" in refused

    manager = sign_in(desmond)
    queue = manager.get(reverse("approvals")).content.decode()
    assert "<strong>2</strong>" in queue and case.reference in queue and "none overdue" in queue
    for approval in Approval.objects.all():
        shown = manager.get(reverse("decide-approval", args=[approval.pk])).content.decode()
        assert "We are making enquiries." in shown
        assert manager.get(reverse("approval-file", args=[approval.pk])).content.startswith(b"%PDF")
        sent(manager, reverse("decide-approval", args=[approval.pk]), outcome="approved")
    sent(browser, at("send-renditions", case, writing.pk))
    [delivery] = Delivery.objects.filter(purpose="shared")
    assert delivery.to_address == "p@example.org" and "Joan is safe." in delivery.body
    assert "Given" in browser.get(there).content.decode()


def test_nobody_is_offered_the_approval_of_their_own(with_kevin: Case, priya: Actor, sign_in: SignIn) -> None:
    browser, case = sign_in(priya), with_kevin
    sent(browser, at("share", case), kind="summary")
    writing = Writing.objects.get()
    sent(browser, at("write-part", case, writing.pk), text="We go on.", level="receipt", restriction="open")
    for name in ("One", "Two"):
        sent(browser, at("add-recipient", case, writing.pk), kind="agency", name=name, level="receipt", channel="hand")
    sent(browser, at("make-renditions", case, writing.pk))
    approval = Approval.objects.first()
    assert approval is not None
    page = browser.get(reverse("decide-approval", args=[approval.pk])).content.decode()
    assert "You asked for this yourself" in page and 'name="outcome"' not in page


def test_a_pdf_is_redacted_by_searching_without_a_script(
    with_kevin: Case, priya: Actor, desmond: Actor, sign_in: SignIn
) -> None:
    browser, case = sign_in(priya), with_kevin
    letter = text_pdf("A letter", [Section("", "Kevin came on Friday.")])
    upload = SimpleUploadedFile("letter.pdf", letter)
    sent(browser, at("case-documents", case), file=upload, source_label="Her GP", restriction="open")
    document = Document.objects.get(case=case)
    there = sent(browser, at("case-document", case, document.pk), purpose="agency")
    copy = RedactedCopy.objects.get()
    sent(browser, there, mark="term", term="Friday", reason="police")
    sent(
        browser,
        there,
        mark="person",
        person=str(case.involvements.get(role="alleged_source").person_id),
        reason="third_party",
    )
    sent(browser, there, mark="box", left="1", top="1", right="5", bottom="5", reason="third_party")
    page = browser.get(there).content.decode()
    assert "3 places on this page go" in page and "Sch 2 para 2" in page and "Everything about Kevin" in page
    assert browser.get(at("redacted-copy-page", case, copy.pk, 1)).content.startswith(b"\x89PNG")

    sent(browser, at("make-redacted-copy", case, copy.pk))
    assert "being made" in browser.get(there).content.decode().lower()
    make_redacted(copy.pk, timezone.now())
    page = browser.get(there).content.decode()
    assert "The check found nothing" in page and "Waits for a second person" in page
    made = browser.get(at("redacted-copy-file", case, copy.pk, "copy"))
    assert (
        made.content.startswith(b"%PDF")
        and b"Kevin" not in made.content
        and "attachment" in made["Content-Disposition"]
    )
    shown = sign_in(desmond).get(reverse("decide-approval", args=[Approval.objects.get().pk])).content.decode()
    assert "Open the file that would leave" in shown and "“Friday”" in shown


def test_a_mark_that_says_too_little_is_asked_again(with_kevin: Case, priya: Actor, sign_in: SignIn) -> None:
    browser, case = sign_in(priya), with_kevin
    upload = SimpleUploadedFile("note.txt", b"Kevin came at 4.")
    sent(browser, at("case-documents", case), file=upload, source_label="Joan", restriction="open")
    there = sent(browser, at("case-document", case, Document.objects.get().pk), purpose="agency")
    again = browser.post(there, {"mark": "term", "term": "4", "reason": "police"})
    assert again.status_code == 422 and "at least two letters" in again.content.decode()
    sent(browser, there, mark="term", term="kevin", reason="police")
    assert "[redacted] came at 4." in browser.get(there).content.decode()


def test_a_photograph_that_says_where_it_was_taken_is_told_of_and_leaves_without(
    with_kevin: Case, priya: Actor, sign_in: SignIn
) -> None:
    browser, case = sign_in(priya), with_kevin
    upload = SimpleUploadedFile("photo.jpg", a_photograph("bruise"))
    sent(browser, at("case-documents", case), file=upload, source_label="Joan", restriction="open")
    document = Document.objects.get()
    assert "Says where it was taken" in browser.get(at("case-documents", case)).content.decode()
    assert "leaves here without that" in browser.get(at("case-document", case, document.pk)).content.decode()
    assert b"Exif" not in browser.post(at("save-document", case, document.pk)).content
    assert b"Exif" in browser.post(at("save-document", case, document.pk), {"whole": "1"}).content


def test_pasted_words_are_marked_beside_a_case_note(case: Case, priya: Actor, desmond: Actor, sign_in: SignIn) -> None:
    browser = sign_in(priya)
    page = browser.get(at("add-case-note", case)).content.decode()
    assert "_from_whom" in page and "_from_words" in page
    when = {"happened_at-day": "9", "happened_at-month": "3", "happened_at-year": "2026", "happened_at-time": "10:00"}
    note = {"how": "meeting", "standing": "told", "words": "They met. He was seen at the flat.", **when}
    sent(
        browser, at("add-case-note", case), **note, _from_whom="Police meeting", _from_words="He was seen at the flat."
    )

    excerpt = Excerpt.objects.get()
    assert (excerpt.source_label, excerpt.words, excerpt.held_in) == (
        "Police meeting",
        "He was seen at the flat.",
        "cases.casenote",
    )
    listed = browser.get(at("others-words", case)).content.decode()
    assert "Goes to nobody else" in listed and "Lift the label" not in listed
    manager = sign_in(desmond)
    sent(manager, at("lift-label", case, excerpt.pk), reasons="Inspector Lowe agreed.")
    assert "Label lifted" in manager.get(at("others-words", case)).content.decode()
    assert browser.post(at("lift-label", case, excerpt.pk), {"reasons": "x"}).status_code == 404


def test_the_main_record_gets_a_pdf_in_one_press_and_it_is_written_down(
    case: Case, priya: Actor, sign_in: SignIn
) -> None:
    answer = sign_in(priya).post(at("case-copy-pdf", case))
    assert answer.content.startswith(b"%PDF") and case.reference not in answer["Content-Disposition"]
    assert sign_in(priya).get(at("case-copy-pdf", case)).status_code == 405


def test_a_guardian_makes_a_pack_of_a_case_they_have_no_other_part_in(
    case: Case, samira: Actor, desmond: Actor, priya: Actor, sign_in: SignIn
) -> None:
    case.notes.create(
        author_id=priya.id, how="visit", happened_at=FRIDAY, recorded_at=FRIDAY, words="Saw Joan.", standing="fact"
    )
    browser = sign_in(samira)
    assert browser.get(at("case", case)).status_code == 404
    asked = {"purpose": "subject_access", "recipient": "Joan Whitlock", "reasons": "She asked by letter."}
    there = sent(browser, at("disclosure", case), **asked)
    pack = DisclosurePack.objects.get()
    item = pack.items.get()
    assert "0 of 1" in browser.get(there).content.decode()
    assert "Saw Joan." in browser.get(at("answer-item", case, pack.pk, item.pk)).content.decode()
    sent(browser, at("answer-item", case, pack.pk, item.pk), answer="include")
    sent(browser, at("make-pack", case, pack.pk))
    make_pack(pack.pk, timezone.now())
    assert browser.post(at("give-pack", case, pack.pk)).status_code == 409
    sent(sign_in(desmond), reverse("decide-approval", args=[Approval.objects.get().pk]), outcome="approved")
    assert browser.post(at("give-pack", case, pack.pk)).content.startswith(b"%PDF")
    assert "Given" in browser.get(there).content.decode()


@pytest.mark.parametrize("name", ["share", "others-words", "case-documents", "disclosure", "mark-excerpt"])
def test_a_worker_of_another_team_finds_none_of_it(
    name: str, case: Case, other_team_worker: Actor, sign_in: SignIn
) -> None:
    assert sign_in(other_team_worker).get(at(name, case)).status_code == 404


def test_a_sealed_case_has_no_disclosure_desk_for_a_guardian_not_named_on_it(
    case: Case, samira: Actor, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    for name in ("disclosure", "case-documents"):
        assert sign_in(samira).get(at(name, case)).status_code == 404
    assert case.reference not in sign_in(samira).get(reverse("approvals")).content.decode()
