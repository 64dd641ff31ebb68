"""Making a redacted copy: the machine's part, with its progress, safe to run twice."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.actors import actor_for
from haven.casework.disclosure import events
from haven.casework.disclosure.marking import ask_second_person, terms_of, values_of
from haven.casework.disclosure.models import RedactedCopy
from haven.casework.documents.keeping import put
from haven.casework.documents.opening import read_document
from haven.casework.events.recording import gathering, record
from haven.casework.operations.actor import Actor
from haven.casework.operations.models import JobProgress
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.people.protecting import Sought, carried_in
from haven.lib.redacting.making import Copy, Progress, make_copy
from haven.lib.redacting.pages import CannotBeRead, page_texts
from haven.lib.redacting.words import PDF

NAME = "redacted copy"
WHOSE = "which authority a redacted copy or a pack belongs to"


def make_redacted(copy_id: UUID, at: datetime) -> None:
    """Make a copy that was asked for, check it, and ask a second person; the check's finding stops it."""
    with transaction.atomic():
        wall.open_to_all(WHOSE)
        copy = _waiting(copy_id)
        if copy is None:
            return
        wall.open_for_work("making one redacted copy of this authority", copy.authority_id)
        marks = list(copy.marks.select_related("person"))
        content, terms, values = _content_of(copy), terms_of(copy, marks), values_of(copy, marks)
        boxes = [mark.box for mark in marks if mark.kind == "box"]
        progress = copy.progress or JobProgress.objects.create(name=NAME, started_at=at, updated_at=at)
        RedactedCopy.objects.filter(pk=copy.pk).update(progress=progress)
    try:
        kind, tell = copy.document.content_type, teller(progress, at)
        made = make_copy(content, kind, terms=terms, boxes=boxes, progress=tell) if content else None
    except CannotBeRead:
        made = None
    with transaction.atomic(), gathering():
        wall.open_for_work("making one redacted copy of this authority", copy.authority_id)
        copy = _waiting(copy_id)
        if copy is not None:
            _keep(copy, made, values, at)
            JobProgress.objects.filter(pk=progress.pk).update(state="done" if made else "failed", updated_at=at)


def _content_of(copy: RedactedCopy) -> bytes:
    """The bytes of the document; none where it is damaged, or was kept apart since the copy was begun."""
    try:
        return read_document(copy.document)
    except Refusal:
        return b""


def teller(progress: JobProgress, at: datetime) -> Progress:
    """Says how far it has come, in statements of its own."""

    def tell(done: int, total: int) -> None:
        JobProgress.objects.filter(pk=progress.pk).update(done=done, total=total, updated_at=at)

    return tell


def _waiting(copy_id: UUID) -> RedactedCopy | None:
    found = RedactedCopy.objects.select_for_update(of=("self",)).select_related(
        "document", "case__person", "progress", "started_by"
    )
    return found.filter(pk=copy_id, state=RedactedCopy.State.MAKING).first()


def _keep(copy: RedactedCopy, made: Copy | None, values: list[Sought], at: datetime) -> None:
    """Keep the bytes and what the check found of them; ask a second person where it found nothing."""
    by = Actor.job("disclosure", frozenset({copy.authority_id}))
    kinds = _found(made, values) if made else ["unreadable"]
    if made is None or kinds:
        change(copy, state=RedactedCopy.State.BLOCKED, findings=kinds, made_at=at, sha256="", path="")
    else:
        said = [words[:200] for words in made.left_out]
        change(copy, state=RedactedCopy.State.MADE, findings=[], made_at=at, left_out=said, **_put(made))
        ask_second_person(copy, by=actor_for(copy.started_by, at), at=at)
    codes = {"state": copy.state, "findings": copy.findings, "sha256": copy.sha256}
    record(events.COPY_MADE, subject=copy, by=by, at=at, codes=codes)


def _found(made: Copy, values: list[Sought]) -> list[str]:
    """The kinds of what the check found, and whether the words that are left give a protected value away."""
    words = made.text_pdf or (made.content if made.kind == PDF else b"")
    given_away = bool(words and values and carried_in(" ".join(page_texts(words)), values))
    return sorted({finding.kind for finding in made.findings} | ({"protected_value"} if given_away else set()))


def _put(made: Copy) -> dict[str, Any]:
    """The bytes kept, and the columns that say where they are and what they must be."""
    sha256, text_sha256 = (hashlib.sha256(content).hexdigest() for content in (made.content, made.text_pdf))
    text = {"text_path": put(made.text_pdf, text_sha256), "text_sha256": text_sha256} if made.text_pdf else {}
    return {"content_type": made.kind, "sha256": sha256, "path": put(made.content, sha256), **text}
