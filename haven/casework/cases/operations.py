"""What anybody who works on a case may do to it, whatever the process."""

from datetime import datetime

from haven.casework.cases import events
from haven.casework.cases.models import Case, CaseNote
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal, Stale
from haven.casework.operations.versions import version_of


class WordsRequired(Refusal):
    """A note that is not an attempt needs words."""


class HappensLater(Refusal):
    """A note is about something that has happened."""


@operation(may="cases.add_case_note")
def add_case_note(
    case: Case,
    *,
    how: str,
    happened_at: datetime,
    words: str = "",
    standing: str = "fact",
    attempt: bool = False,
    by: Actor,
    at: datetime,
) -> CaseNote:
    """Add a case note, or that contact was tried and nobody answered (PR-17)."""
    if not attempt and not words.strip():
        raise WordsRequired("Write what happened, or tick that you tried and nobody answered.")
    if happened_at > at:
        raise HappensLater("Give the day and time it happened, not a later one.")
    note = CaseNote(
        case=case, author_id=by.id, how=how, happened_at=happened_at, recorded_at=at, words=words, standing=standing
    )
    note.attempt = attempt
    note.save(force_insert=True)
    event = events.ATTEMPT_ADDED if attempt else events.NOTE_ADDED
    record(
        event, subject=note, authority_id=case.authority_id, by=by, at=at, codes={"how": how}, digest=note.seal(words)
    )
    return note


def standing_note(note: CaseNote) -> CaseNote:
    """The correction that stands in place of this note; the note itself, where it was never corrected."""
    while note.superseded_by is not None:
        note = note.superseded_by
    return note


@operation(may="cases.supersede_case_note")
def supersede_case_note(
    note: CaseNote, *, words: str, reason: str, version: int | None = None, by: Actor, at: datetime
) -> CaseNote:
    """Correct a case note, saying why; the first text stays readable behind the new one.

    Where a colleague has corrected it meanwhile, both texts are shown (Stale), and saving again corrects theirs.
    """
    newest = standing_note(CaseNote.objects.get(pk=note.pk))
    if version is not None and version != version_of(CaseNote.objects.get(pk=note.pk)):
        raise Stale([("words", words, newest.words)], note)
    if not words.strip() or not reason.strip():
        raise WordsRequired("Write the corrected note and why it needed correcting.")
    better = CaseNote(
        case=note.case, author_id=by.id, how=note.how, happened_at=note.happened_at, recorded_at=at, words=words
    )
    better.standing = note.standing
    better.save(force_insert=True)
    CaseNote.objects.filter(pk=newest.pk).update(superseded_by=better, superseded_reason=reason)
    authority = note.case.authority_id
    codes = {"note": str(note.pk)}
    record(
        events.NOTE_SUPERSEDED,
        subject=better,
        authority_id=authority,
        by=by,
        at=at,
        codes=codes,
        digest=better.seal(words),
    )
    return better
