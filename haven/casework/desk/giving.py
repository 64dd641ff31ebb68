"""Loading and gathering for the pages from which something is given to people outside."""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from haven.casework.access.may import may
from haven.casework.access.reading import show
from haven.casework.cases.models import Case
from haven.casework.desk.loading import ALWAYS, actor_of
from haven.casework.disclosure.codes import REASONS, finding_in_words
from haven.casework.disclosure.gathering import documents_of, reports_of
from haven.casework.disclosure.marking import mark_in_words, terms_of
from haven.casework.disclosure.models import DisclosurePack, PackItem, RedactedCopy, RedactionMark, disclosed_by
from haven.casework.disclosure.renditions import Preview, previews_of, renditions_of
from haven.casework.documents.models import Document
from haven.casework.documents.opening import FileDamaged, read_document, tells_where
from haven.casework.letters.approving import approval_of
from haven.casework.letters.codes import LEFT_OUT
from haven.casework.letters.models import Approval, Rendition, Writing
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.pages import CannotBeRead, boxes_of, count_pages, flattened, page_png
from haven.lib.redacting.pictures import opened_picture
from haven.lib.redacting.spelling import without
from haven.lib.redacting.words import PDF, PICTURES, words_of

REASON = "disclosure"
READING_AT_DESK = 90
"""Dots per inch of a page on the screen."""

NOT_FOUND = "We could not find that page."


def load_disclosed(request: HttpRequest, reference: str) -> Case:
    """The case, for whoever works on it or discloses it; that it was read for disclosure is in the read record."""
    actor = actor_of(request)
    cases = Case.objects.select_related(*ALWAYS).filter(reference=reference.upper())
    seen = Case.objects.visible_to(actor).values("pk")
    case = cases.filter(pk__in=seen).first() or cases.filter(pk__in=disclosed_by(actor).values("pk")).first()
    if case is None:
        raise NotAllowed(NOT_FOUND)
    request.read_reason = REASON  # type: ignore[attr-defined]
    show(request, case, case.person)
    return case


def load_writing(case: Case, pk: UUID) -> Writing:
    """What is written for several people about this case."""
    writing = Writing.objects.select_related("started_by").filter(case=case, pk=pk).first()
    if writing is None:
        raise NotAllowed(NOT_FOUND)
    writing.case = case
    return writing


def load_copy(request: HttpRequest, case: Case, pk: UUID) -> RedactedCopy:
    """A redacted copy of a document of this case, for whoever may redact that document."""
    found = RedactedCopy.objects.select_related("document", "progress", "started_by").filter(case=case, pk=pk).first()
    if found is None:
        raise NotAllowed(NOT_FOUND)
    found.case = case
    must(request, "disclosure.redact", found)
    return found


def load_pack(request: HttpRequest, case: Case, pk: UUID) -> DisclosurePack:
    """A pack of this case."""
    found = DisclosurePack.objects.select_related("progress", "started_by").filter(case=case, pk=pk).first()
    if found is None:
        raise NotAllowed(NOT_FOUND)
    found.case = case
    must(request, "disclosure.pack", found)
    return found


def load_document(request: HttpRequest, case: Case, pk: UUID) -> Document:
    """A document of the case or of its reports that the reader may open."""
    document = Document.objects.filter(documents_of(case), pk=pk).first()
    if document is None or not may_see(request, case, document):
        raise NotAllowed(NOT_FOUND)
    return document


def may_see(request: HttpRequest, case: Case, document: Document) -> bool:
    """Open ones for who may see the case; a restricted one for its named people."""
    actor = actor_of(request)
    return document.restriction == "open" or actor.id in (case.worker_id, case.manager_id)


def must(request: HttpRequest, permission: str, subject: object) -> None:
    """Not found for whoever may not."""
    if not may(actor_of(request), permission, subject):
        raise NotAllowed(NOT_FOUND)


@dataclass(frozen=True)
class SideBySide:
    """One recipient as the page shows them: the letter, what they do not get, and where its approval stands."""

    preview: Preview
    rendition: Rendition | None
    standing: str
    colour: str
    missing: list[tuple[str, str]]


def side_by_side(writing: Writing) -> list[SideBySide]:
    """Every recipient's letter, in the order they were added."""
    made = {rendition.recipient_id: rendition for rendition in renditions_of(writing)}
    return [_side(each, made.get(each.recipient.pk)) for each in previews_of(writing)]


def _side(each: Preview, rendition: Rendition | None) -> SideBySide:
    missing = [(piece.heading or piece.text[:60], LEFT_OUT[why]) for piece, why in each.shown.left_out]
    return SideBySide(each, rendition, *_standing(each, rendition), missing)


def _standing(each: Preview, rendition: Rendition | None) -> tuple[str, str]:
    """Where a letter stands, in words, and the colour of its tag."""
    if rendition is None:
        return ("Nothing for them", "red") if each.is_empty else ("Not made yet", "grey")
    if rendition.sent_at:
        return "Given", "green"
    if (rendition.letter.subject, rendition.letter.body) != (each.subject, each.body):
        return "Out of date: make it again", "red"
    return standing_of(approval_of(rendition), rendition.sha256)


def standing_of(approval: Approval | None, sha256: str) -> tuple[str, str]:
    """Where the approval of some bytes stands; void where they are others."""
    if approval is None:
        return "Ready", "green"
    if approval.sha256 != sha256:
        return "Approval void: it was changed", "red"
    if approval.outcome == "approved":
        return "Approved", "green"
    return ("Sent back", "red") if approval.outcome else ("Waits for a second person", "yellow")


@dataclass(frozen=True)
class FileRow:
    """One document of the case: what a list says of it."""

    document: Document
    href: str
    says_where: bool
    copies: list[RedactedCopy]


def file_rows(request: HttpRequest, case: Case) -> list[FileRow]:
    """The documents the reader may know of, newest first."""
    found = Document.objects.filter(documents_of(case)).prefetch_related("redacted_copies").order_by("-added_at")
    return [_file(case, document) for document in found if may_see(request, case, document)]


def _file(case: Case, document: Document) -> FileRow:
    copies = [copy for copy in document.redacted_copies.all() if copy.case_id == case.pk]
    return FileRow(document, reverse("case-document", args=[case.reference, document.pk]), where_is(document), copies)


def where_is(document: Document) -> bool:
    """Whether a photograph says where it was taken; no where it is missing."""
    try:
        return tells_where(document)
    except FileDamaged:
        return False


@dataclass(frozen=True)
class OnPage:
    """A box on the page that is shown, in thousandths of its width and height, for the picture beside the list."""

    label: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class WorkList:
    """What the page of a redacted copy shows: marks, the page or the words as they will read, what was found."""

    copy: RedactedCopy
    marks: list[tuple[RedactionMark, str, str]]
    pages: int
    page: int
    boxes: list[OnPage]
    text: str
    findings: list[str]
    standing: tuple[str, str]
    fault: str = ""

    @property
    def numbers(self) -> list[int]:
        """Every page, counted from one."""
        return list(range(1, self.pages + 1))


def work_list(copy: RedactedCopy, page: int) -> WorkList:
    """The marks and what they take out, on the page asked for."""
    marks = list(copy.marks.select_related("person"))
    terms, fault, pages, text = terms_of(copy, marks), "", 0, ""
    boxes: list[Box] = [mark.box for mark in marks if mark.kind == "box" and mark.page == page]
    try:
        content = read_document(copy.document)
        pages = pages_of(copy.document, content)
        boxes += (
            boxes_of(flat(copy.document.sha256, content), terms, only=page) if copy.document.content_type == PDF else []
        )
        text = "" if pages else without(words_of(content, copy.document.content_type).text, terms)
    except (CannotBeRead, Refusal) as error:
        fault = str(error)
    rows = [(mark, mark_in_words(mark), REASONS[mark.reason]) for mark in marks]
    placed = [_on_page(box, number) for number, box in enumerate(boxes, 1)]
    found = [finding_in_words(kind) for kind in copy.findings]
    return WorkList(copy, rows, pages, page, placed, text, found, _copy_standing(copy), fault)


def _copy_standing(copy: RedactedCopy) -> tuple[str, str]:
    if copy.state == RedactedCopy.State.MADE:
        return standing_of(approval_of(copy), copy.sha256)
    colours = {"marking": "grey", "making": "yellow", "blocked": "red"}
    return str(copy.get_state_display()), colours[copy.state]


def pages_of(document: Document, content: bytes) -> int:
    """How many pages can be seen of it; none of a file that is only words."""
    if document.content_type == PDF:
        return count_pages(content)
    return 1 if document.content_type in PICTURES else 0


def _on_page(box: Box, number: int) -> OnPage:
    x, y = round(box.left * 1000), round(box.top * 1000)
    return OnPage(f"Box {number}", x, y, round(box.right * 1000) - x, round(box.bottom * 1000) - y)


@lru_cache(maxsize=2)
def _flat(sha256: str, content: bytes) -> bytes:
    return flattened(content)


def flat(sha256: str, content: bytes) -> bytes:
    """The flattened PDF, kept for the pages that are looked at next."""
    return _flat(sha256, content)


def picture_of(document: Document, page: int) -> tuple[bytes, str]:
    """One page, or the picture itself, for the screen: made anew, without anything hidden in it."""
    content = read_document(document)
    if document.content_type == PDF:
        return page_png(flat(document.sha256, content), page, dots=READING_AT_DESK)[0], "image/png"
    picture = opened_picture(content).convert("RGB")
    picture.thumbnail((1200, 1200))
    return _as_png(picture), "image/png"


def _as_png(picture: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


@dataclass(frozen=True)
class QueueRow:
    """One thing that waits for a second person."""

    approval: Approval
    reference: str
    overdue: bool
    own: bool


def queue_of(request: HttpRequest, at: datetime) -> list[QueueRow]:
    """What waits for approval and the reader may know of, oldest first (TR-17)."""
    actor = actor_of(request)
    waiting = Approval.objects.visible_to(actor).waiting().select_related("case", "asked_by").order_by("asked_at")
    return [QueueRow(row, row.case.reference, row.due_at < at, row.asked_by_id == actor.id) for row in waiting[:300]]


def counts_of(items: list[PackItem]) -> dict[str, int]:
    """How far a pack has come."""
    return {"all": len(items), "answered": sum(bool(item.answer) for item in items)}


def reports_in(case: Case) -> Any:
    """The reports of the case, for a list to choose from."""
    return reports_of(case)
