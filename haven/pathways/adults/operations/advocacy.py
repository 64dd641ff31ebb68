"""What an advocate adds from their own sign-in: the adult's wishes (R-097; Care Act 2014 s68)."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.pathways.adults import events
from haven.pathways.adults.models import Conversation
from haven.pathways.adults.operations.answers import named, needed


@operation(may="adults.add_wish")
def add_wish(case: Case, *, wish: str, by: Actor, at: datetime) -> Conversation:
    """Add what the adult wants, in their words, as their advocate heard it.

    It stands among the conversations, said to be from the advocate. It stops no clock: we have still to hear the adult.
    """
    said = needed(wish, "Write what the adult wants, in their own words.")
    talk = Conversation(case=case, at=at, how="visit", reached=True, with_whom="advocate", adult_words=said)
    talk.by_id, talk.recorded_at = named(by), at
    talk.save(force_insert=True)
    record(events.WISH_ADDED, subject=talk, by=by, at=at, digest=talk.seal(said))
    return talk
