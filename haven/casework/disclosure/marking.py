"""Redacting a document: what goes is marked, each mark under its reason; then the copy is made and checked (TR-13)."""

from collections.abc import Sequence
from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.disclosure import events
from haven.casework.disclosure.codes import MARKS, PURPOSES, REASONS
from haven.casework.disclosure.gathering import everything_about, protected_in, terms_of_values
from haven.casework.disclosure.models import RedactedCopy, RedactionMark
from haven.casework.documents.keeping import get
from haven.casework.documents.models import Document
from haven.casework.documents.opening import read_document
from haven.casework.events.recording import record
from haven.casework.letters.approving import approval_needed, ask_approval, must_be_approved, void_approval
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.people.models import Person
from haven.casework.people.protecting import Sought
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.pictures import HEIC_ADVICE
from haven.lib.redacting.spelling import fold
from haven.lib.redacting.words import PDF, PICTURES, REBUILT

TAKEN = (PDF, *PICTURES, *REBUILT)


class CannotBeRedacted(Refusal):
    """The kind of file cannot be redacted here."""


class MarkNeedsMore(Refusal):
    """A mark says what goes, and the law it is taken out under."""

    field = "term"


class BoxNeedsPage(Refusal):
    """A box has a size and lies on a page of a PDF or on a picture."""

    field = "left"


class NotWhileMaking(Refusal):
    """A copy that is being made, or was made, is not marked any more."""


class NotReady(Refusal):
    """A copy is given to nobody before it was made, checked and approved."""


@operation(may="disclosure.redact")
def start_copy(document: Document, *, case: Case, purpose: str, by: Actor, at: datetime) -> RedactedCopy:
    """Begin a redacted copy of a document of the case; the document itself is never changed.

    Refused: a kind of file that nothing here can make anew (HEIC, film, sound), with advice.
    """
    if document.content_type == "image/heic":
        raise CannotBeRedacted(HEIC_ADVICE)
    if document.content_type not in TAKEN:
        raise CannotBeRedacted("This kind of file cannot be redacted here. Hold it back, or ask for it on paper.")
    if purpose not in PURPOSES:
        raise MarkNeedsMore("Say what the copy is for.")
    read_document(document)
    copy = RedactedCopy(document=document, case=case, authority_id=case.authority_id, purpose=purpose)
    copy.started_by_id, copy.started_at = by.user_id, at
    copy.save(force_insert=True)
    record(events.COPY_STARTED, subject=copy, by=by, at=at, codes={"document": str(document.pk), "purpose": purpose})
    return copy


@operation(may="disclosure.redact")
def mark_term(copy: RedactedCopy, *, term: str, reason: str, by: Actor, at: datetime) -> RedactionMark:
    """Mark words to be taken out wherever they stand, in every spelling."""
    term, letters = " ".join(term.split()), fold(term)
    if len(letters) < 2 or (letters.isdigit() and len(letters) < 3):
        raise MarkNeedsMore("Give at least two letters, or three figures. Mark a single one by a box on the page.")
    return _marked(copy, RedactionMark(kind="term", term=term[:200]), reason, by, at)


@operation(may="disclosure.redact")
def mark_person(copy: RedactedCopy, *, person: Person, reason: str, by: Actor, at: datetime) -> RedactionMark:
    """Mark everything about a person: names, addresses, numbers, date of birth, in every spelling."""
    return _marked(copy, RedactionMark(kind="person", person=person), reason, by, at)


@operation(may="disclosure.redact")
def mark_protected(copy: RedactedCopy, *, reason: str = "protected_address", by: Actor, at: datetime) -> RedactionMark:
    """Mark every protected address and number of the adult and their household."""
    return _marked(copy, RedactionMark(kind="protected"), reason, by, at)


@operation(may="disclosure.redact")
def mark_box(copy: RedactedCopy, *, box: Box, reason: str, by: Actor, at: datetime) -> RedactionMark:
    """Mark part of a page or of a picture."""
    if not box.is_sound() or copy.document.content_type in REBUILT:
        raise BoxNeedsPage("A box needs a size and lies on a page. Files without pages are marked by their words.")
    mark = RedactionMark(kind="box", page=box.page, left=box.left, top=box.top, right=box.right, bottom=box.bottom)
    return _marked(copy, mark, reason, by, at)


@operation(may="disclosure.redact")
def remove_mark(mark: RedactionMark, *, by: Actor, at: datetime) -> None:
    """Take a mark away before the copy is made."""
    must_be_markable(mark.copy, by, at)
    record(events.UNMARKED, subject=mark, case_id=mark.copy.case_id, by=by, at=at, codes={"kind": mark.kind})
    mark.delete()


@operation(may="disclosure.redact")
def open_copy(copy: RedactedCopy, *, text: bool = False, by: Actor, at: datetime) -> bytes:
    """Open what was made, to compare it with the document; `text` opens the words that are left."""
    if copy.state != RedactedCopy.State.MADE:
        raise NotReady("The copy is not made, or the check stopped it.")
    record(events.COPY_OPENED, subject=copy, by=by, at=at, codes={"sha256": copy.sha256})
    return bytes_of(copy, text=text)


def bytes_of(copy: RedactedCopy, *, text: bool = False) -> bytes:
    """The bytes of the copy, or of its words; refused where they are not those that were checked."""
    return get(copy.text_path, copy.text_sha256) if text else get(copy.path, copy.sha256)


def bytes_to_give(copy: RedactedCopy) -> bytes:
    """The bytes of a copy that may be given to somebody: made, nothing found, approved by a second person."""
    if copy.state != RedactedCopy.State.MADE:
        raise NotReady("The copy is not made, or the check stopped it. It can be given to nobody.")
    content = bytes_of(copy)
    if approval_needed("redaction"):
        must_be_approved(copy, copy.sha256)
    return content


def ask_second_person(copy: RedactedCopy, *, by: Actor, at: datetime) -> None:
    """A second person looks at the very bytes that were made."""
    if approval_needed("redaction"):
        ask_approval(copy, why="redaction", sha256=copy.sha256, by=by, at=at)


def terms_of(copy: RedactedCopy, marks: Sequence[RedactionMark]) -> list[str]:
    """Every term the marks stand for, longest first, without those too short to be looked for."""
    terms: list[str] = []
    for mark in marks:
        if mark.kind == "term":
            terms.append(mark.term)
        elif mark.kind == "person" and mark.person is not None:
            terms += everything_about(mark.person)
        elif mark.kind == "protected":
            terms += terms_of_values(protected_in(copy.case))
    long_enough = [term for term in dict.fromkeys(terms) if len(fold(term)) > 1]
    return sorted(long_enough, key=len, reverse=True)


def values_of(copy: RedactedCopy, marks: Sequence[RedactionMark]) -> list[Sought]:
    """The protected values that must not be in the copy in any form."""
    return protected_in(copy.case) if any(mark.kind == "protected" for mark in marks) else []


def _marked(copy: RedactedCopy, mark: RedactionMark, reason: str, by: Actor, at: datetime) -> RedactionMark:
    if reason not in REASONS:
        raise MarkNeedsMore("Say why it goes.")
    must_be_markable(copy, by, at)
    mark.copy, mark.reason, mark.added_by_id, mark.added_at = copy, reason, by.user_id, at
    mark.save(force_insert=True)
    codes = {"kind": mark.kind, "reason": reason}
    record(events.MARKED, subject=mark, case_id=copy.case_id, by=by, at=at, codes=codes)
    return mark


def must_be_markable(copy: RedactedCopy, by: Actor, at: datetime) -> None:
    """Marking again what was made withdraws it, and its approval."""
    if copy.state == RedactedCopy.State.MAKING:
        raise NotWhileMaking("The copy is being made. Wait until it is there.")
    if copy.state != RedactedCopy.State.MARKING:
        void_approval(copy, because="changed", by=by, at=at)
        change(copy, state=RedactedCopy.State.MARKING)


def mark_in_words(mark: RedactionMark) -> str:
    """What a mark takes out, for the list beside the page."""
    if mark.kind == "term":
        return f"“{mark.term}”"
    if mark.kind == "person" and mark.person is not None:
        return f"{MARKS['person'].replace('a person', mark.person.display_name)}"
    if mark.kind == "box":
        return f"Page {(mark.page or 0) + 1}: from {_percent(mark.left)} across and {_percent(mark.top)} down"
    return MARKS[mark.kind]


def _percent(share: float | None) -> str:
    return f"{round((share or 0) * 100)} %"
