"""Something of every kind that is given to people outside, for a sample of each of its pages."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.disclosure.marking import mark_term, start_copy
from haven.casework.disclosure.packing import start_pack
from haven.casework.disclosure.renditions import make_renditions
from haven.casework.disclosure.sharing import add_recipient, start_writing, write_part
from haven.casework.documents.excerpting import mark_excerpt
from haven.casework.documents.keeping import keep_document
from haven.casework.letters.models import Approval
from haven.casework.operations.actor import Actor
from haven.lib.paper.making import Section, text_pdf


def given_of(case: Case, by: Actor) -> dict[str, Any]:
    """A writing for two with its letters made, an approval, marked words, a document, its copy, a pack with an item."""
    who: dict[str, Any] = {"by": by, "at": timezone.now()}
    return {"case": case, **_written(case, who), **_redacted(case, who), **_packed(case, who)}


def _written(case: Case, who: dict[str, Any]) -> dict[str, Any]:
    writing = start_writing(case, **who)
    part = write_part(writing, heading="What happens", text="We are making enquiries.", level="receipt", **who)
    write_part(writing, heading="What was found", text="They are safe.", about=[case.person], **who)
    for name, kind in (("Eastmere Police", "agency"), ("A neighbour", "other")):
        add_recipient(writing, kind=kind, name=name, level="outcome", channel="hand", **who)
    make_renditions(writing, **who)
    excerpt = mark_excerpt(case, words="He was seen at the flat at nine.", source_label="Eastmere Police", **who)
    approval = Approval.objects.filter(case=case).first()
    return {"writing": writing, "part": part, "excerpt": excerpt, "approval": approval}


def _redacted(case: Case, who: dict[str, Any]) -> dict[str, Any]:
    words = "Dear colleague,\n\nThe nephew came on Friday and was asked to leave.\n\nYours sincerely"
    file = ContentFile(text_pdf("A letter", [Section("", words)]), name="letter.pdf")
    where = {"authority_id": case.authority_id, "case": case, "source_label": "Her GP"}
    document = keep_document(file, **where, **who)
    copy = start_copy(document, case=case, purpose="agency", **who)
    mark_term(copy, term="nephew", reason="third_party", **who)
    return {"document": document, "copy": copy}


def _packed(case: Case, who: dict[str, Any]) -> dict[str, Any]:
    at: datetime = who["at"]
    add_case_note(case, how="visit", happened_at=at, words="Seen at home.", **who)
    reasons = "Asked for by letter."
    pack = start_pack(case, purpose="subject_access", reasons=reasons, recipient="The adult", **who)
    return {"pack": pack, "item": pack.items.filter(kind="note").first()}
