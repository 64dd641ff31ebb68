"""A redacted copy: what goes is marked under its law, made anew, checked, approved; the document never changes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.disclosure import making
from haven.casework.disclosure.asking import ask_copy
from haven.casework.disclosure.making import make_redacted
from haven.casework.disclosure.marking import (
    BoxNeedsPage,
    CannotBeRedacted,
    MarkNeedsMore,
    NotReady,
    bytes_to_give,
    mark_box,
    mark_person,
    mark_protected,
    mark_term,
    open_copy,
    start_copy,
)
from haven.casework.disclosure.models import RedactedCopy
from haven.casework.documents.models import Document
from haven.casework.documents.opening import open_document, tells_where
from haven.casework.letters.approving import NotApproved, approval_of, decide_approval
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.lib.paper.making import Section, text_pdf
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.checking import check_text_pdf
from haven.lib.redacting.making import make_copy
from haven.lib.redacting.pages import page_texts
from haven.lib.redacting.tests.files import a_photograph
from haven.project.testing.people import FRIDAY, TUESDAY, protect_addresses

LATER = TUESDAY + timedelta(hours=1)
WORDS = (
    "Joan Whitlock of 4 Almond Row told Kevin to leave. KEVIN's number is 01632 960 155. She went back to Almond Row."
)


@pytest.fixture
def letter(keep: Callable[..., Document]) -> Document:
    return keep(text_pdf("A letter", [Section("", WORDS)]), "letter.pdf")


@pytest.fixture
def copy(letter: Document, case: Case, priya: Actor) -> RedactedCopy:
    return start_copy(letter, case=case, purpose="agency", by=priya, at=TUESDAY)


def made(copy: RedactedCopy, by: Actor) -> RedactedCopy:
    ask_copy(copy, by=by, at=TUESDAY)
    make_redacted(copy.pk, TUESDAY)
    copy.refresh_from_db()
    return copy


def test_a_copy_is_made_checked_approved_and_given_and_the_document_stays(
    copy: RedactedCopy, letter: Document, priya: Actor, desmond: Actor, files: Path
) -> None:
    before = (files / letter.path).read_bytes()
    mark_term(copy, term="Kevin", reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)

    assert copy.state == "made" and copy.findings == []
    with pytest.raises(NotApproved):
        bytes_to_give(copy)
    approval = approval_of(copy)
    assert approval is not None and approval.sha256 == copy.sha256
    decide_approval(approval, outcome="approved", by=desmond, at=LATER)
    assert page_texts(bytes_to_give(copy)) == ["", ""][: len(page_texts(before))]
    left = " ".join(page_texts(open_copy(copy, text=True, by=priya, at=LATER)))
    assert "evin" not in left.lower() and "Almond" in left
    assert (files / letter.path).read_bytes() == before


def test_everything_about_a_person_goes_by_one_mark(
    copy: RedactedCopy, case: Case, kevin: Person, authority: Any, priya: Actor
) -> None:
    involve(case, role="alleged_source", person=kevin, at=FRIDAY)
    kevin.contact_points.create(kind="mobile", value="+44 1632 960155", authority=authority, recorded_at=FRIDAY)
    mark_person(copy, person=kevin, reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)

    left = " ".join(page_texts(open_copy(copy, text=True, by=priya, at=LATER))).lower()
    assert "kevin" not in left and "960" not in left


def test_protected_addresses_go_by_one_mark(copy: RedactedCopy, joan: Person, priya: Actor) -> None:
    protect_addresses(joan, by=priya)
    mark_protected(copy, by=priya, at=TUESDAY)
    made(copy, priya)
    assert "Almond" not in " ".join(page_texts(open_copy(copy, text=True, by=priya, at=LATER)))


def test_marking_again_withdraws_the_copy_and_its_approval(copy: RedactedCopy, priya: Actor, desmond: Actor) -> None:
    mark_term(copy, term="Kevin", reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)
    approval = approval_of(copy)
    assert approval is not None
    decide_approval(approval, outcome="approved", by=desmond, at=LATER)
    mark_term(copy, term="Almond Row", reason="protected_address", by=priya, at=LATER)

    approval.refresh_from_db()
    assert approval.voided_because == "changed"
    with pytest.raises(NotReady):
        bytes_to_give(copy)


def test_a_finding_of_the_check_stops_the_copy(
    copy: RedactedCopy, priya: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The making is replaced by one that takes nothing out; the check is the real one."""

    def lazy(content: bytes, kind: str, *, terms: Any, boxes: Any = (), progress: Any = None) -> Any:
        honest = make_copy(content, kind, terms=[])
        findings = check_text_pdf(honest.text_pdf, terms)
        return type(honest)(honest.content, honest.kind, honest.text_pdf, findings=tuple(findings))

    monkeypatch.setattr(making, "make_copy", lazy)
    mark_term(copy, term="Kevin", reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)
    assert copy.state == "blocked" and "text_layer" in copy.findings and copy.sha256 == ""
    with pytest.raises(NotReady):
        bytes_to_give(copy)


def test_making_twice_makes_once(copy: RedactedCopy, priya: Actor) -> None:
    mark_term(copy, term="Kevin", reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)
    first = copy.sha256
    make_redacted(copy.pk, LATER)
    copy.refresh_from_db()
    assert (copy.sha256, copy.made_at) == (first, TUESDAY)


def test_a_mark_has_words_a_size_and_a_law(copy: RedactedCopy, priya: Actor) -> None:
    for term in ("4", "12", "a", " - "):
        with pytest.raises(MarkNeedsMore):
            mark_term(copy, term=term, reason="third_party", by=priya, at=TUESDAY)
    with pytest.raises(MarkNeedsMore):
        mark_term(copy, term="Kevin", reason="because", by=priya, at=TUESDAY)
    with pytest.raises(BoxNeedsPage):
        mark_box(copy, box=Box(0, 0.5, 0.5, 0.5, 0.9), reason="police", by=priya, at=TUESDAY)


def test_a_photograph_leaves_without_where_it_was_taken(
    keep: Callable[..., Document], case: Case, priya: Actor, files: Path
) -> None:
    photograph = keep(a_photograph("bruise"), "photo.jpg")
    assert tells_where(photograph)

    opened = open_document(photograph, warned=True, by=priya, at=TUESDAY)
    assert not opened.whole and b"Exif" not in opened.content
    assert open_document(photograph, warned=True, whole=True, by=priya, at=TUESDAY).content.count(b"Exif") == 1

    copy = start_copy(photograph, case=case, purpose="police", by=priya, at=TUESDAY)
    mark_box(copy, box=Box(0, 0.1, 0.1, 0.4, 0.4), reason="third_party", by=priya, at=TUESDAY)
    made(copy, priya)
    assert copy.state == "made" and b"Exif" not in open_copy(copy, by=priya, at=LATER)


def test_what_cannot_be_made_anew_is_refused_with_advice(
    keep: Callable[..., Document], case: Case, priya: Actor
) -> None:
    for start, name, advice in ((b"\0\0\0\x18ftypheic", "p.heic", "JPEG"), (b"\0\0\0\x18ftypmp42", "f.mp4", "Hold")):
        document = keep(start + bytes(100), name)
        with pytest.raises(CannotBeRedacted, match=advice):
            start_copy(document, case=case, purpose="police", by=priya, at=TUESDAY)


def test_a_restricted_document_is_redacted_by_named_people_only(
    keep: Callable[..., Document], case: Case, samira: Actor, priya: Actor, other_team_worker: Actor
) -> None:
    document = keep(b"Sealed words", "s.txt", restriction="restricted")
    for outsider in (samira, other_team_worker):
        with pytest.raises(NotAllowed):
            start_copy(document, case=case, purpose="police", by=outsider, at=TUESDAY)
    start_copy(document, case=case, purpose="police", by=priya, at=TUESDAY)
