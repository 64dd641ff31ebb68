"""Speaking with the adult, and trying to (PR-17, PR-19, PR-31)."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.clocks.running import stop
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Concern, Conversation, Enquiry
from haven.pathways.adults.operations.answers import AnswerNeeded, happened, known, named
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO


@operation(may="adults.record_conversation")
def record_conversation(
    subject: Concern | Enquiry | Case,
    *,
    happened_at: datetime,
    how: str = "visit",
    words: str = "",
    adult_words: str = "",
    how_to_work_with_me: str = "",
    with_whom: str = "adult",
    by: Actor,
    at: datetime,
) -> Conversation:
    """Record a conversation with the adult, or with whoever speaks for them. It stops the clock."""
    if not (words.strip() or adult_words.strip()):
        raise AnswerNeeded("Write what was said.")
    talk = Conversation(
        case=subject.case,
        at=happened(happened_at, at),
        how=known(codes.HOW_SPOKEN, how, "How did you speak with them?"),
        reached=True,
        with_whom=known(codes.ASKED_WHOM, with_whom, "With whom did you speak?"),
        words=words.strip(),
        adult_words=adult_words.strip(),
        how_to_work_with_me=how_to_work_with_me.strip(),
        by_id=named(by),
        recorded_at=at,
    )
    talk.save(force_insert=True)
    stop(ADULT_SPOKEN_TO, case=subject.case, at=happened_at, by=by)
    said = {"how": how, "with_whom": with_whom}
    record(events.CONVERSATION_RECORDED, subject=talk, by=by, at=at, codes=said, digest=talk.seal(words + adult_words))
    return talk


@operation(may="adults.record_attempt")
def record_attempt(
    subject: Concern | Enquiry | Case, *, happened_at: datetime, how: str = "telephone", by: Actor, at: datetime
) -> Conversation:
    """Record that you tried to speak with the adult and nobody answered. It counts, and does not stop the clock."""
    tried = Conversation(case=subject.case, at=happened(happened_at, at), how=how, reached=False, by_id=named(by))
    tried.recorded_at = at
    known(codes.HOW_SPOKEN, how, "How did you try?")
    tried.save(force_insert=True)
    record(events.ATTEMPT_RECORDED, subject=tried, by=by, at=at, codes={"how": how})
    return tried
