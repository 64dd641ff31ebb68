"""Marking words as somebody else's, and lifting the mark (TR-11)."""

from datetime import datetime
from typing import Any

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.documents.events import EXCERPT_MARKED, LABEL_LIFTED
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document, Excerpt
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal

LONGEST = 20_000


class WhoseWords(Refusal):
    """Words of somebody else need the words and whose they are."""

    field = "source_label"


class AlreadyLifted(Refusal):
    """A label is lifted once; the reasons stay."""


class ReasonsRequired(Refusal):
    """Lifting a label needs reasons."""

    field = "reasons"


@operation(may="documents.mark_excerpt")
def mark_excerpt(
    case: Case,
    *,
    words: str,
    source_label: str,
    restriction: str = Restriction.RESTRICTED,
    confidential: bool = False,
    held_in: Any = None,
    by: Actor,
    at: datetime,
) -> Excerpt:
    """Mark words in a text of the case as somebody else's, and how closely they are kept.

    The text itself is not changed. Refused: no words, or nobody whose they are.
    """
    words, source_label = words.strip()[:LONGEST], source_label.strip()
    if not words or not source_label:
        raise WhoseWords("Put in the words that came from somebody else, and say whose they are.")
    excerpt = Excerpt(case=case, authority_id=case.authority_id, words=words, source_label=source_label)
    excerpt.restriction, excerpt.confidential = restriction, confidential
    if held_in is not None:
        excerpt.held_in, excerpt.held_id = held_in._meta.label_lower, held_in.pk
    excerpt.added_by_id, excerpt.added_at = by.user_id, at
    excerpt.save(force_insert=True)
    codes = {"restriction": restriction, "held_in": excerpt.held_in, "confidential": int(confidential)}
    record(EXCERPT_MARKED, subject=excerpt, by=by, at=at, codes=codes, digest=excerpt.seal(words))
    return excerpt


@operation(may="documents.lift_label")
def lift_label(excerpt: Excerpt, *, reasons: str, by: Actor, at: datetime) -> Excerpt:
    """Lift the label of somebody else's words, so that they may go where ours may; a manager's, with reasons."""
    if excerpt.lifted_at is not None:
        raise AlreadyLifted("Somebody has already lifted this label. Their reasons stand beside it.")
    if not reasons.strip():
        raise ReasonsRequired("Write why these words may go further: who agreed, or the law that allows it.")
    excerpt.lifted_at, excerpt.lifted_by_id, excerpt.lifted_reasons = at, by.user_id, reasons.strip()
    excerpt.save(update_fields=["lifted_at", "lifted_by", "lifted_reasons"])
    record(LABEL_LIFTED, subject=excerpt, by=by, at=at, digest=excerpt.seal(excerpt.lifted_reasons))
    return excerpt


@operation(may="documents.mark_excerpt")
def add_document(
    case: Case, *, file: Any, source_label: str, restriction: str = Restriction.OPEN, by: Actor, at: datetime
) -> Document:
    """Add a file to a case, with whose it is and how closely it is kept; one that could do harm is kept apart."""
    return keep_document(
        file,
        authority_id=case.authority_id,
        case=case,
        source_label=source_label.strip(),
        restriction=restriction,
        quarantine=True,
        by=by,
        at=at,
    )
