"""What a second person is shown: the very bytes that would leave, and whether they are still those asked about."""

from dataclasses import dataclass
from typing import Any

from haven.casework.disclosure.codes import REASONS
from haven.casework.disclosure.marking import mark_in_words
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.disclosure.renditions import bytes_sha256
from haven.casework.documents.keeping import BytesDamaged, get
from haven.casework.letters.models import Approval, Rendition


@dataclass(frozen=True)
class ShownForApproval:
    """The letter's words where it is one, the file, who gets it, and whether the bytes are those asked about."""

    to: str = ""
    subject: str = ""
    body: str = ""
    content: bytes | None = None
    name: str = "copy.pdf"
    kind: str = "application/pdf"
    rows: tuple[tuple[str, str], ...] = ()
    same: bool = False


def shown_for_approval(approval: Approval) -> ShownForApproval:
    """What the approval is of; nothing to look at where it is gone or changed."""
    readers: dict[str, Any] = {
        "letters.rendition": _rendition, "disclosure.redactedcopy": _copy, "disclosure.disclosurepack": _pack,
    }  # fmt: skip
    try:
        return readers[approval.subject_kind](approval)
    except BytesDamaged:
        return ShownForApproval()


def _rendition(approval: Approval) -> ShownForApproval:
    found = Rendition.objects.select_related("letter", "recipient").filter(pk=approval.subject_id).first()
    if found is None:
        return ShownForApproval()
    pdf = get(found.pdf_path, found.pdf_sha256)
    same = bytes_sha256(found.letter, pdf) == approval.sha256
    to = f"{found.recipient.name}, {found.recipient.get_kind_display().lower()}"
    return ShownForApproval(to, found.letter.subject, found.letter.body, pdf, "letter.pdf", same=same)


def _copy(approval: Approval) -> ShownForApproval:
    copy = RedactedCopy.objects.select_related("document").get(pk=approval.subject_id)
    rows = tuple((mark_in_words(mark), REASONS[mark.reason]) for mark in copy.marks.select_related("person"))
    if copy.sha256 != approval.sha256:
        return ShownForApproval(rows=rows)
    content = get(copy.path, copy.sha256)
    name = "copy.pdf" if copy.content_type == "application/pdf" else f"copy.{copy.content_type.rpartition('/')[2]}"
    return ShownForApproval("", "", "", content, name, copy.content_type, rows, True)


def _pack(approval: Approval) -> ShownForApproval:
    pack = DisclosurePack.objects.get(pk=approval.subject_id)
    items = pack.items.order_by("dated_at", "id")
    rows = tuple(
        (item.title, item.get_answer_display() + (f": {REASONS[item.reason]}" if item.reason else "")) for item in items
    )
    if pack.sha256 != approval.sha256:
        return ShownForApproval(pack.recipient, rows=rows)
    return ShownForApproval(pack.recipient, "", "", get(pack.path, pack.sha256), "pack.pdf", rows=rows, same=True)
